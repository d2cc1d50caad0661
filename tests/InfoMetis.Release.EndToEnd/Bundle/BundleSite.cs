using InfoMetis.Release.EndToEnd.Harness;
using InfoMetis.Release.EndToEnd.Pull;
using InfoMetis.Release.EndToEnd.Registries;

namespace InfoMetis.Release.EndToEnd.Bundle;

/// <summary>Where bundles are made: one registry that stands in for all that the images come from, a manifest, and a key.</summary>
internal sealed class BundleSite : IDisposable
{
    public const string Name = "infometis-0.5.0-linux-amd64";

    private const string Passphrase = "passphrase";

    private RegistryProcess? _registry;

    private BundleSite(PlatformImages images)
    {
        Images = images;
        Scratch.Write(Passphrase, "correct horse\n");
        Manifest = Scratch.Write("release.yaml", images.Manifest());
    }

    public PlatformImages Images { get; }

    public Site Site { get; } = new();

    public ScratchFolder Scratch => Site.Scratch;

    public string Manifest { get; }

    public string PublicKey => Scratch.PathOf("release.pub");

    public RegistryProcess Registry => _registry ?? throw new InvalidOperationException("not started");

    public string Registries => Scratch.PathOf("registries.yaml");

    public static async Task<BundleSite> StartAsync(PlatformImages images)
    {
        var site = new BundleSite(images);
        try
        {
            site._registry = await RegistryProcess.StartAsync(new RegistrySetup(site.Scratch.PathOf("registry")));
            foreach (var (name, image) in images.All)
                await site.Registry.PushAsync(PlatformImages.PathOf(name), PlatformImages.TagOf(name), image);
            site.Site.Registries(
                string.Concat(images.All.Keys.Select(PlatformImages.RegistryOf).Distinct().Select(site.Mirrored))
            );
            await site.MakeKeyAsync("release");
            return site;
        }
        catch
        {
            site.Dispose();
            throw;
        }
    }

    /// <summary>Writes NAME.key and NAME.pub.</summary>
    public async Task MakeKeyAsync(string name)
    {
        var made = await Site.Imrel(["keygen", "--output", Scratch.PathOf(name), .. WithPassphrase]).ToEndAsync();
        made.ExitCode.ShouldBe(0, made.Error);
    }

    /// <summary>Signs with the key of that name, too.</summary>
    public Run Sign(string folder, string key) =>
        Site.Imrel(["sign", folder, "--key", Scratch.PathOf($"{key}.key"), .. WithPassphrase]);

    /// <summary>A bundle from the registry, signed, in a folder of the scratch folder.</summary>
    public Run Bundle(string output, params string[] more) =>
        BundleFrom(output, ["--registries", Registries, "--store", Site.Store.Folder, .. more]);

    /// <summary>As <see cref="Bundle"/>, from wherever the options say.</summary>
    public Run BundleFrom(string output, params string[] more) =>
        Site.Imrel(["bundle", Manifest, "--output", Scratch.PathOf(output), .. Signed, .. more]);

    /// <summary>As <see cref="Bundle"/>, and expects one.</summary>
    /// <returns>Its folder.</returns>
    public async Task<string> BundleAsync(string output, params string[] more) =>
        await MadeAsync(Bundle(output, more), output);

    /// <summary>Runs it, and expects a bundle in that folder.</summary>
    public async Task<string> MadeAsync(Run run, string output)
    {
        var made = await run.ToEndAsync();
        made.ExitCode.ShouldBe(0, made.Output + made.Error);
        return Scratch.PathOf(output, Name);
    }

    public Run Verify(params string[] arguments) => Site.Imrel(["verify", .. arguments, "--key", PublicKey]);

    public async Task ShouldBeSoundAsync(string folder)
    {
        var verified = await Verify(folder).ToEndAsync();
        verified.ExitCode.ShouldBe(0, verified.Output + verified.Error);
    }

    /// <summary>As skopeo, crane and oras name it.</summary>
    public string Remote(string tagged) =>
        $"{Registry.Host}/{PlatformImages.PathOf(tagged)}@{Images.All[tagged].Root.Digest}";

    public void Dispose()
    {
        _registry?.Dispose();
        Site.Dispose();
    }

    private string[] WithPassphrase => ["--passphrase-file", Scratch.PathOf(Passphrase)];

    private string[] Signed => ["--key", Scratch.PathOf("release.key"), .. WithPassphrase];

    private string Mirrored(string registry) =>
        $"  {registry}:\n    mirrors: ['{Registry.Url}']\n    onlyMirrors: true\n";
}
