using InfoMetis.Release.Benchmarks.Pulling;
using InfoMetis.Release.EndToEnd.Registries;

namespace InfoMetis.Release.Benchmarks.Bundling;

/// <summary>The program under measurement, with a key of its own to sign with.</summary>
internal sealed class BundlingImrel
{
    private const string Passphrase = "of the benchmark";

    private readonly Imrel _imrel;
    private readonly string _key;
    private readonly string _output;

    private BundlingImrel(Imrel imrel, string key, string output) => (_imrel, _key, _output) = (imrel, key, output);

    public string Store => _imrel.Store;

    public string PublicKey => $"{_key}.pub";

    public string Folder => Path.Combine(_output, "infometis-0.5.0-linux-amd64");

    public string Archive => Path.Combine(Folder, "infometis-0.5.0-linux-amd64.tar.zst");

    public Contender FromRegistry => Bundle("imrel bundle", [Store, _output]);

    public Contender FromStore => Bundle("imrel bundle --offline", [_output], "--offline");

    public Contender Verify =>
        new("imrel verify", _imrel.Program, ["verify", Folder, "--key", PublicKey], [], Result: null);

    public static async Task<BundlingImrel> OpenAsync(
        Workshop workshop,
        Corpus corpus,
        RegistryProcess registry,
        CancellationToken cancellationToken
    )
    {
        var imrel = await Imrel.OpenAsync(workshop, corpus, registry, cancellationToken);
        var key = workshop.PathOf("bundle-key");
        File.Delete($"{key}.key");
        File.Delete($"{key}.pub");
        await File.WriteAllTextAsync($"{key}.passphrase", Passphrase, cancellationToken);
        await Subject.RunAsync(
            imrel.Program,
            cancellationToken,
            "keygen",
            "--output",
            key,
            "--passphrase-file",
            $"{key}.passphrase"
        );
        return new BundlingImrel(imrel, key, workshop.PathOf("bundle-by-imrel"));
    }

    /// <summary>The corpus has the names of a registry on this machine, so no image is the auxiliary one that k0s asks for.</summary>
    private Contender Bundle(string name, IReadOnlyList<string> fresh, params IReadOnlyList<string> more) =>
        new(
            name,
            _imrel.Program,
            [
                "bundle",
                _imrel.Manifest,
                "--output",
                _output,
                "--store",
                Store,
                "--key",
                $"{_key}.key",
                "--passphrase-file",
                $"{_key}.passphrase",
                "--accept",
                "IMR2001=names of a benchmark",
                .. more,
            ],
            fresh,
            Archive
        );
}
