using System.CommandLine;
using System.Globalization;
using InfoMetis.Release.Cli.Demonstration;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Serving;

namespace InfoMetis.Release.Cli.Commands;

/// <summary><c>imrel demo</c>: the main job from end to end, on this machine alone, with a registry of its own.</summary>
internal sealed class DemoCommand
{
    private readonly Session _session;
    private readonly Option<string?> _keep = new("--keep")
    {
        Description = "Do it in this folder, and leave all of it there (default: a temporary one, which is removed)",
        HelpName = "DIR",
    };
    private readonly Option<bool> _full = new("--full")
    {
        Description = "Show too what is refused: a flipped bit, a key that is not trusted, a tag that moved",
    };

    private DemoCommand(Session session) => _session = session;

    private Terminal Terminal => _session.Terminal;

    public static Command Create(Session session) => new DemoCommand(session).Command();

    private Command Command()
    {
        var command = new Command("demo", "See the main job done: pin, check, pull, bundle, sign, verify, install")
        {
            _keep,
            _full,
        };
        command.SetAction(parsed => _session.Run(parsed, token => DemoAsync(parsed, token)));
        HelpExamples.AddTo(command, "imrel demo", "imrel demo --keep ~/imrel-demo --full");
        return command;
    }

    private async Task<Outcome> DemoAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var began = Terminal.Clock.GetTimestamp();
        var release = ReleaseDemo.Load();
        using var folder = DemoFolder.Make(parsed.GetValue(_keep));
        var images = await release.FillAsync(folder.PathOf("registry"), Terminal.Clock, cancellationToken);
        var options = new ServerOptions { Listen = new(System.Net.IPAddress.Loopback, 0), Clock = Terminal.Clock };
        await using var registry = await ReleaseServer.StartAsync(
            [folder.PathOf("registry")],
            options,
            cancellationToken
        );
        await WriteInputsAsync(folder, release, registry.Url, cancellationToken);

        var site = new DemoSite(Terminal.Environment);
        var script = new DemoScript(release, registry.Url.Port, site.Compression);
        var stage = new DemoStage(Terminal, folder);
        await Terminal.Out.WriteLineAsync(
            $"A release from registry to site. Each command is run as it is shown, in a folder:\n$ cd {DemoStep.Quoted(folder.Path)}\n"
        );
        stage.Announce(script.Serve);
        stage.Say(
            $"{images} images under {registry.Images.Tags} tags, {Units.Bytes(registry.Images.Size)}, at {registry.Url}\n"
        );
        foreach (var step in Steps(script, site, parsed.GetValue(_full)))
        {
            if (await stage.RunAsync(step, cancellationToken) is { } failed)
            {
                await Terminal.Error.WriteLineAsync("the demo stops here: this step should have ended otherwise");
                return new Outcome(failed, []);
            }
        }
        await Terminal.Out.WriteLineAsync(Closing(parsed, site, Terminal.Clock.GetElapsedTime(began)));
        return Outcome.Sound;
    }

    private static IEnumerable<DemoStep> Steps(DemoScript script, DemoSite site, bool isFull)
    {
        var installs = site.Lacks is null;
        return
        [
            .. script.Making,
            .. installs ? script.Installing : [],
            .. installs && site.HasContainerd ? script.IntoContainerd : [],
            .. isFull ? script.Refusing : [],
            .. isFull && installs ? script.RefusingToInstall : [],
        ];
    }

    private static async Task WriteInputsAsync(
        DemoFolder folder,
        ReleaseDemo release,
        Uri registry,
        CancellationToken cancellationToken
    )
    {
        await File.WriteAllBytesAsync(folder.PathOf("release.yaml"), release.Bytes, cancellationToken);
        await File.WriteAllTextAsync(folder.PathOf("passphrase"), DemoScript.Passphrase + "\n", cancellationToken);
        var mirrors = release.Registries.Select(name =>
            $"  {name}: {{ mirrors: [\"{registry}{name}\"], onlyMirrors: true }}\n"
        );
        await File.WriteAllTextAsync(
            folder.PathOf("registries.yaml"),
            $"apiVersion: infometis.io/registries/v1\nregistries:\n{string.Concat(mirrors)}",
            cancellationToken
        );
        Directory.CreateDirectory(folder.PathOf("site"));
    }

    private string Closing(ParseResult parsed, DemoSite site, TimeSpan time)
    {
        var left = parsed.GetValue(_keep) is { } kept
            ? $"""
                Everything lies in {kept}:
                registry, store, bundle/…, site/images. The commands above work there again
                once 'imrel serve' of the first step runs.

                """
            : "All of it is removed now; --keep DIR leaves it to look at.\n";
        var lacking = site.Lacks is { } tool
            ? $"Not shown, for this machine has no '{tool}': how install.sh installs the bundle.\n"
            : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            Done in {Units.Time(time)}, without a network.
            {lacking}{left}
            With real registries it is the same, without --registries:
              $ imrel pin releases/v0.5.0.yaml
              $ imrel bundle releases/v0.5.0.yaml --output /srv/out --key release.key
            and at the site, as root:
              $ sh install.sh --key release.pub
            """
        );
    }
}
