using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Cli.Demonstration;

/// <summary>The steps of a demo, in their order: what a release engineer does, and what happens at the site.</summary>
/// <param name="compression">What this machine can pack and a shell can unpack.</param>
internal sealed class DemoScript(ReleaseDemo release, int port, string compression)
{
    public const string Passphrase = "only for this demo";

    private const string Registries = "--registries {registries.yaml}";
    private const string Store = "--store {store}";
    private const string Secret = "--passphrase-file {passphrase}";
    private const string State = "--state site/state";
    private const string Layout = "--target layout:site/images";

    /// <summary>Not the namespace of Kubernetes: nothing of a demo may be taken for the real thing.</summary>
    private const string Containerd = "--target containerd --namespace imrel-demo";

    private readonly string _bundle = $"bundle/{release.FolderName}";

    private string Bundling => $"--key {{release.key}} {Secret} {Store} {Registries} --compression {compression}";

    public DemoStep Serve =>
        new(
            $"A registry, with small images that bear the names of InfoMetis {release.Version}",
            $"imrel serve {{registry}} --listen 127.0.0.1:{port}"
        );

    public IEnumerable<DemoStep> Making =>
        [
            new("Pin every image to its digest", $"imrel pin {{release.yaml}} --update {Registries}"),
            new("Does it all fit, and fit its k0s?", "imrel check {release.yaml}"),
            new("Pull every image by digest", $"imrel pull {{release.yaml}} {Registries} {Store}"),
            new("A key to sign with", $"imrel keygen --output {{release}} {Secret}"),
            new(
                "One signed folder for a site without a network",
                $"imrel bundle {{release.yaml}} --output {{bundle}} {Bundling}"
            ),
            new("Prove it, as whoever receives it would", $"imrel verify {{{_bundle}}} --key {{release.pub}}"),
        ];

    public IEnumerable<DemoStep> Installing =>
        [
            Install("At the site: no network, no imrel, only a shell", $"--key release.pub {Layout}"),
            Install("Is it still as it was installed?", $"--status {Layout}"),
        ];

    /// <summary>Where a containerd is, the same once more in a namespace of its own, and out again.</summary>
    public IEnumerable<DemoStep> IntoContainerd =>
        [
            Install("Into the containerd of this machine", $"--key release.pub {Containerd}"),
            new(
                "An image of it runs",
                $"ctr --namespace imrel-demo run --rm {release.NameOf("busybox")} imrel-demo-hello"
            ),
            Install("And out again", $"--uninstall --yes {Containerd}"),
        ];

    /// <summary>What happens when something is not as it should be.</summary>
    public IEnumerable<DemoStep> Refusing =>
        [
            new("Did a tag move since it was pinned?", $"imrel drift {{release.yaml}} {Registries}"),
            new("Does the same release make the same bytes?", $"imrel reproduce {{{_bundle}}} {Store}"),
            new(
                "In parts, for small media",
                $"imrel bundle {{release.yaml}} --output {{parts}} {Bundling} --part-size 2MB"
            ),
            new(
                "A byte changes on the way",
                "printf x | dd of=\"$(ls parts/*/*.part02of*)\" bs=1 seek=1000 conv=notrunc"
            ),
            new(
                "Verified, it says what to copy again",
                $"imrel verify {{parts/{release.FolderName}}} --key {{release.pub}}"
            )
            {
                Expected = ExitCode.Integrity,
            },
        ];

    public IEnumerable<DemoStep> RefusingToInstall =>
        [
            new("The key of somebody else", $"imrel keygen --output {{other}} {Secret}"),
            Install("What that key did not sign is not installed", "--key other.pub --target layout:site/other") with
            {
                Expected = ExitCode.SignatureNotTrusted,
            },
        ];

    private DemoStep Install(string title, string options) => new(title, $"sh {_bundle}/install.sh {options} {State}");
}
