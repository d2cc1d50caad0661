using InfoMetis.Release.EndToEnd.Bundle;
using InfoMetis.Release.EndToEnd.Harness;
using InfoMetis.Release.EndToEnd.Registries;

namespace InfoMetis.Release.EndToEnd.Nightly;

/// <summary>A registry with the release, its key, and for each job a checkout of its own; made once for all tests of a class.</summary>
public sealed class NightlySite : IAsyncLifetime, IDisposable
{
    private const string Expression = "${{ secrets.";

    private BundleSite? _site;

    internal BundleSite Site =>
        _site ?? throw new InvalidOperationException("a tool is missing; see the skipped tests");

    public async Task InitializeAsync()
    {
        if (Tools.Objection(["docker-registry", "busybox", "zstd"], Tools.MustBeThere) is null)
            _site = await BundleSite.StartAsync(PlatformImages.OfEveryKind);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _site?.Dispose();

    /// <summary>What the comment at the top of the workflow asks for, and a registry that stands in for all.</summary>
    internal string CheckOut(string name, string manifest)
    {
        var folder = Directory.CreateDirectory(Site.Scratch.PathOf(name)).FullName;
        foreach (var made in new[] { "releases", "keys", "temp" })
            Directory.CreateDirectory(Path.Combine(folder, made));
        File.CreateSymbolicLink(Path.Combine(folder, "imrel"), ImrelProgram.File);
        File.Copy(manifest, Path.Combine(folder, Workflow.Variables["MANIFEST"]));
        File.Copy(Site.PublicKey, Path.Combine(folder, "keys", "release.pub"));
        File.Copy(Site.Registries, Path.Combine(folder, "registries.yaml"));
        return folder;
    }

    /// <summary>The steps of a job that a shell is given, one after the other, up to the first that fails.</summary>
    internal async Task<IReadOnlyList<Finished>> RunAsync(WorkflowJob job, string folder)
    {
        var done = new List<Finished>();
        foreach (var step in job.Steps.Where(step => step.Run is not null))
        {
            var run = new Run("bash", "-e", Site.Scratch.Write($"{Path.GetFileName(folder)}.sh", step.Run!))
            {
                Folder = folder,
                Variables = Variables(step, folder),
            };
            done.Add(await run.ToEndAsync());
            if (done[^1].ExitCode != 0)
                break;
        }
        return done;
    }

    private Dictionary<string, string?> Variables(WorkflowStep step, string folder)
    {
        var all = new Dictionary<string, string?>
        {
            ["HOME"] = Path.Combine(folder, "temp"),
            ["RUNNER_TEMP"] = Path.Combine(folder, "temp"),
            ["XDG_CACHE_HOME"] = null,
        };
        foreach (var (name, value) in Workflow.Variables.Concat(step.Variables))
            all[name] = value.StartsWith(Expression, StringComparison.Ordinal) ? Secret(value) : value;
        return all;
    }

    private string Secret(string expression) =>
        expression[Expression.Length..].TrimEnd('}', ' ') switch
        {
            "RELEASE_KEY" => File.ReadAllText(Site.Scratch.PathOf("release.key")),
            "RELEASE_KEY_PASSPHRASE" => File.ReadAllText(Site.Scratch.PathOf("passphrase")).Trim(),
            var other => throw new ArgumentException(
                $"docs/nightly.md tells of no secret '{other}'",
                nameof(expression)
            ),
        };
}
