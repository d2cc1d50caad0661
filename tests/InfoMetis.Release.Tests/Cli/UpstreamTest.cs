using System.Text;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Tests.Registry;

namespace InfoMetis.Release.Tests.Cli;

/// <summary>
/// A command line that talks to a fake registry, with a home of its own. What each run prints is searched for the login that the
/// home holds.
/// </summary>
public abstract class UpstreamTest : IAsyncLifetime, IDisposable
{
    protected const string User = "frieda-the-user";
    protected const string Password = "pa55-of-frieda";

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal);

    protected FakeRegistry Registry { get; private set; } = null!;

    internal TemporaryFolder Folder => _folder;

    public async Task InitializeAsync()
    {
        Registry = await FakeRegistry.StartAsync();
        _environment["HOME"] = _folder.Path;
    }

    public async Task DisposeAsync() => await Registry.DisposeAsync();

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => _folder.Dispose();

    protected void Set(string variable, string value) => _environment[variable] = value;

    protected void LogIn()
    {
        var auth = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}"));
        Directory.CreateDirectory(_folder.File(".docker"));
        File.WriteAllText(
            _folder.File(".docker/config.json"),
            "{\"auths\":{\"" + Registry.Host + "\":{\"auth\":\"" + auth + "\"}}}"
        );
    }

    /// <summary>An index of manifests that nobody asks for.</summary>
    protected Digest Index(string repository, string tag, params string[] platforms)
    {
        var manifests = platforms.Select(platform =>
        {
            var parts = platform.Split('/');
            var variant = parts.Length > 2 ? $",\"variant\":\"{parts[2]}\"" : "";
            var digest = Digest.Of(Encoding.UTF8.GetBytes($"{repository}:{tag} for {platform}"));
            return $$$"""{"mediaType":"{{{MediaTypes.OciManifest}}}","digest":"{{{digest}}}","size":7,"platform":{"os":"{{{parts[0]}}}","architecture":"{{{parts[1]}}}"{{{variant}}}}}""";
        });
        var json =
            $$$"""{"schemaVersion":2,"mediaType":"{{{MediaTypes.OciIndex}}}","manifests":[{{{string.Join(',', manifests)}}}]}""";
        return Registry.Add(repository, Samples.Json(json), MediaTypes.OciIndex, tag).Digest;
    }

    /// <summary>A manifest without an index, for one platform.</summary>
    protected Digest Single(string repository, string tag, string architecture)
    {
        var config = Registry.Add(
            repository,
            Samples.Json($$$"""{"os":"linux","architecture":"{{{architecture}}}"}"""),
            "application/vnd.oci.image.config.v1+json"
        );
        var json =
            $$$"""{"schemaVersion":2,"mediaType":"{{{MediaTypes.OciManifest}}}","config":{"mediaType":"{{{config.MediaType}}}","digest":"{{{config.Digest}}}","size":{{{config.Size}}}},"layers":[]}""";
        return Registry.Add(repository, Samples.Json(json), MediaTypes.OciManifest, tag).Digest;
    }

    /// <summary>A manifest with one application for each reference below the registry, named by its last part.</summary>
    protected string Manifest(params string[] images) => Written(Text(images));

    protected string Written(string text) => _folder.Write("release.yaml", Encoding.UTF8.GetBytes(text));

    protected string Text(params string[] images)
    {
        var apps = images.Select(image =>
            $"  - name: {image.Split(':')[0].Split('/')[^1]}\n    image: {Registry.Host}/{image} # see above\n"
        );
        return $"""
            # how this release is made
            apiVersion: infometis.io/release/v1
            kind: Release
            name: infometis
            version: 0.5.0
            released: 2025-07-25T21:31:16Z
            k0s: v1.23.17+k0s.1
            platforms: [linux/amd64]
            apps:
            {string.Concat(apps)}
            """;
    }

    internal Imrel Run(params string[] arguments)
    {
        var run = Imrel.Run(new ManualTimeProvider(skipped: TimeSpan.FromSeconds(45)), _environment, arguments);
        foreach (
            var secret in new[] { User, Password, Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}")) }
        )
            $"{run.Out}{run.Error}".ShouldNotContain(secret, Case.Sensitive);
        run.Error.ShouldNotContain(Codes.OwnBug);
        return run;
    }
}
