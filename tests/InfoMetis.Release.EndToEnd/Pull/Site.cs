using System.Text;
using InfoMetis.Release.EndToEnd.Harness;
using InfoMetis.Release.EndToEnd.Registries;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.EndToEnd.Pull;

/// <summary>Where imrel is run: a store, manifests, logins, and nothing of the home of whoever runs the tests.</summary>
internal sealed class Site : IDisposable
{
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public ScratchFolder Scratch { get; } = new();

    public StoredLayout Store => new(Scratch.PathOf("store"));

    private Dictionary<string, string?> Variables =>
        new()
        {
            ["HOME"] = Scratch.PathOf("home"),
            ["DOCKER_CONFIG"] = Scratch.PathOf("login"),
            ["XDG_CACHE_HOME"] = null,
            ["XDG_CONFIG_HOME"] = null,
            ["XDG_RUNTIME_DIR"] = null,
            ["REGISTRY_AUTH_FILE"] = null,
            ["http_proxy"] = null,
            ["https_proxy"] = null,
        };

    /// <summary>A release of these images, each pinned where it is named to be.</summary>
    public string Manifest(string host, params IEnumerable<(string Repository, MadeImage Image)> images)
    {
        var text = new StringBuilder(
            """
            apiVersion: infometis.io/release/v1
            kind: Release
            name: infometis
            version: 0.5.0
            released: 2025-07-25T21:31:16Z
            k0s: v1.23.17+k0s.1
            platforms: [linux/amd64]
            apps:

            """
        );
        foreach (var (repository, image) in images)
        {
            var name = repository.Split('/')[^1];
            text.Append($"  - name: {name}\n    image: {host}/{repository}:1.0@{image.Root.Digest}\n");
        }
        return Scratch.Write("release.yaml", text.ToString());
    }

    public string Manifest(string host, IEnumerable<KeyValuePair<string, MadeImage>> images) =>
        Manifest(host, images.Select(image => (image.Key, image.Value)));

    public string Registries(string text) =>
        Scratch.Write("registries.yaml", $"apiVersion: infometis.io/registries/v1\nregistries:\n{text}");

    public void LogIn(string host, string? basic = null) =>
        Scratch.Write("login/config.json", Login.DockerConfig(host, basic));

    public Run Imrel(params string[] arguments) =>
        new(ImrelProgram.File, arguments)
        {
            Folder = Scratch.Folder,
            Variables = Variables,
            Limit = Limit,
        };

    public Run Pull(string manifest, params string[] options) =>
        Imrel(["pull", manifest, "--store", Store.Folder, .. options]);

    /// <summary>Pulls to the end, and expects nothing less than everything.</summary>
    public async Task<Finished> PullAllAsync(string manifest, params string[] options)
    {
        var finished = await Pull(manifest, options).ToEndAsync();
        finished.ExitCode.ShouldBe(0, finished.Output + finished.Error);
        return finished;
    }

    public void Dispose() => Scratch.Dispose();
}
