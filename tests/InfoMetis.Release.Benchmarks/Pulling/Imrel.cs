using System.Text;
using InfoMetis.Release.EndToEnd.Registries;

namespace InfoMetis.Release.Benchmarks.Pulling;

/// <summary>The program under measurement, and a manifest that pins the corpus where it is served.</summary>
internal sealed record Imrel(string Program, string Manifest, string Store)
{
    public static async Task<Imrel> OpenAsync(
        Workshop workshop,
        Corpus corpus,
        RegistryProcess registry,
        CancellationToken cancellationToken
    )
    {
        var manifest = new StringBuilder(
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
        foreach (var image in corpus.Images)
        {
            var name = image.Name.Split(':')[0].Split('/')[^1];
            manifest.Append($"  - name: {name}\n    image: {registry.Host}/{image.Name}@{image.Digest}\n");
        }
        var file = workshop.PathOf("pull.yaml");
        await File.WriteAllTextAsync(file, manifest.ToString(), cancellationToken);
        var program = await Startup.ProgramOfImrelAsync(workshop, cancellationToken);
        return new Imrel(program, file, workshop.PathOf("store"));
    }

    public Puller Puller(string name, params IReadOnlyList<string> options) =>
        new(name, Program, ["pull", Manifest, "--store", Store, .. options], Store);
}
