using System.Text;
using System.Text.Json;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Yaml;

namespace InfoMetis.Release.Registry;

/// <summary>Docker's config.json or podman's auth.json: what it stores itself, and which helper it names for the rest.</summary>
internal sealed class CredentialFile
{
    private const int Largest = 1 << 20;
    private const string HubServer = "https://index.docker.io/v1/";

    private readonly Dictionary<string, Credential> _stored = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _helpers = new(StringComparer.OrdinalIgnoreCase);
    private string? _defaultHelper;

    /// <summary>The file, or null where there is none and none must be.</summary>
    public static CredentialFile? Read(CredentialLocation location)
    {
        if (!location.MustExist && !File.Exists(location.File))
            return null;
        var findings = new List<Finding>();
        var text =
            TextFile.Read(location.File, Largest, findings)
            ?? throw new ReleaseException(Message.BadCredentialFile(location.File, findings[0].Fact));
        return Parse(location.File, text);
    }

    public static CredentialFile Parse(string name, string text)
    {
        var file = new CredentialFile();
        try
        {
            using var document = JsonDocument.Parse(text);
            file.Take(document.RootElement);
            return file;
        }
        // The inner exceptions stay behind: they may quote what they could not read.
        catch (JsonException exception)
        {
            throw new ReleaseException(
                Message.BadCredentialFile(name, $"it is no JSON at line {exception.LineNumber + 1}")
            );
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException)
        {
            throw new ReleaseException(Message.BadCredentialFile(name, "an entry is not of the known form"));
        }
    }

    /// <summary>How helpers, and docker's own file, call a registry.</summary>
    public static string ServerOf(string host) => host == ImageReference.DockerHub ? HubServer : host;

    /// <summary>The entry of the repository, of a folder above it, or of the host: the longest name that fits.</summary>
    public Credential? Stored(string host, string repository)
    {
        for (var name = $"{host}/{repository}"; ; name = name[..name.LastIndexOf('/')])
        {
            if (_stored.TryGetValue(name, out var credential))
                return credential;
            if (!name.Contains('/', StringComparison.Ordinal))
                return null;
        }
    }

    public string? HelperOf(string host) => _helpers.GetValueOrDefault(host) ?? _defaultHelper;

    private void Take(JsonElement root)
    {
        if (root.TryGetProperty("auths", out var auths))
        {
            foreach (var entry in auths.EnumerateObject())
            {
                if (Entry(entry.Value) is { } credential)
                    _stored.TryAdd(Normal(entry.Name), credential);
            }
        }
        if (root.TryGetProperty("credHelpers", out var helpers))
        {
            foreach (var entry in helpers.EnumerateObject())
                _helpers.TryAdd(Normal(entry.Name), entry.Value.GetString() ?? "");
        }
        _defaultHelper = Text(root, "credsStore");
    }

    private static Credential? Entry(JsonElement entry)
    {
        if (Text(entry, "identitytoken") is { } identity)
            return Credential.OfIdentityToken(identity);
        if (Text(entry, "registrytoken") is { } token)
            return Credential.OfRegistryToken(token);
        if (Text(entry, "auth") is { } auth)
        {
            var pair = Encoding.UTF8.GetString(Convert.FromBase64String(auth)).TrimEnd('\0');
            var colon = pair.IndexOf(':', StringComparison.Ordinal);
            return colon > 0
                ? Credential.OfPassword(pair[..colon], pair[(colon + 1)..])
                : throw new FormatException("a name and a password are expected");
        }
        return Text(entry, "username") is { } user && Text(entry, "password") is { } password
            ? Credential.OfPassword(user, password)
            : null;
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.GetString() is { Length: > 0 } text ? text : null;

    /// <summary>A host and perhaps a path; a URL, as docker writes them, stands for its host.</summary>
    private static string Normal(string key)
    {
        var scheme = key.IndexOf("://", StringComparison.Ordinal);
        var name = scheme < 0 ? key.TrimEnd('/') : key[(scheme + 3)..].Split('/')[0];
        var host = name.Split('/')[0];
        return host is "index.docker.io" or "registry-1.docker.io"
            ? string.Concat(ImageReference.DockerHub, name.AsSpan(host.Length))
            : name;
    }
}
