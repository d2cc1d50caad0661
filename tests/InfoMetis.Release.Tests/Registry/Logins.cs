using System.Text;
using InfoMetis.Release.Registry;

namespace InfoMetis.Release.Tests.Registry;

/// <summary>Credential files as docker writes them.</summary>
internal static class Logins
{
    public static CredentialStore Of(string host, string user, string password) =>
        OfAuth(host, $"\"auth\":\"{Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))}\"");

    /// <param name="entry">What the file says of the host, without braces.</param>
    public static CredentialStore OfAuth(string host, string entry) =>
        OfJson("{\"auths\":{\"" + host + "\":{" + entry + "}}}");

    public static CredentialStore OfJson(string json, params string[] searchPath)
    {
        // The store reads it when a registry first asks, so it must outlive this call; it goes with the build output.
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "logins"));
        var file = Path.Combine(folder.FullName, Path.GetRandomFileName());
        File.WriteAllText(file, json);
        return new CredentialStore(
            [new CredentialLocation(file, MustExist: true)],
            new CredentialHelpers(searchPath, TimeProvider.System)
        );
    }
}
