using System.Text.Json;
using InfoMetis.Release.Cli.Pulling;
using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Tests.Registry;

namespace InfoMetis.Release.Tests.Pull;

public sealed class A_pull_that_takes_its_time : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly ManualTimeProvider _clock = new(skipped: TimeSpan.Zero);
    private readonly StringWriter _written = new() { NewLine = "\n" };
    private readonly TaskCompletionSource<int> _work = new();
    private readonly TaskCompletionSource<PullPlan> _planning = new();

    [Fact]
    public async Task Says_so_in_a_log_after_five_seconds_and_not_before()
    {
        var watching = new LogView(_written, _clock).WatchAsync(Plan(), new PullProgress(), _work.Task);

        _clock.Advance(Interval - TimeSpan.FromTicks(1));
        _written.ToString().ShouldBeEmpty();
        _clock.Advance(TimeSpan.FromTicks(1));
        _work.SetResult(7);

        (await watching).ShouldBe(7);
        _written.ToString().ShouldBe("fetched 0 B of 0 B, 0 blobs done, 0 B/s\n");
    }

    [Fact]
    public async Task Is_a_JSON_object_a_line_for_programs()
    {
        var watching = new JsonView(_written, _clock).WatchAsync(Plan(), new PullProgress(), _work.Task);

        _clock.Advance(Interval);
        _work.SetResult(7);
        await watching;

        _written.ToString().ShouldEndWith("}\n");
        using var line = JsonDocument.Parse(_written.ToString());
        line.RootElement.GetProperty("event").GetString().ShouldBe("progress");
        line.RootElement.EnumerateObject()
            .Select(property => property.Name)
            .ShouldBe(["event", "fetched", "toFetch", "blobs", "bytesPerSecond"]);
    }

    [Fact]
    public async Task Is_not_silent_while_registries_are_asked_for_documents()
    {
        var watching = new LogView(_written, _clock).WatchPlanAsync(24, _planning.Task);

        _clock.Advance(Interval);
        _planning.SetResult(Plan());
        await watching;

        _written.ToString().ShouldBe("reading the documents of 24 images\n");
    }

    [Fact]
    public async Task Tells_programs_that_registries_are_asked_for_documents()
    {
        var watching = new JsonView(_written, _clock).WatchPlanAsync(24, _planning.Task);

        _clock.Advance(Interval);
        _planning.SetResult(Plan());
        await watching;

        _written.ToString().ShouldBe("""{"event":"plan","images":24}""" + "\n");
    }

    [Fact]
    public async Task Says_nothing_more_once_it_failed()
    {
        var watching = new LogView(_written, _clock).WatchAsync(Plan(), new PullProgress(), _work.Task);

        _work.SetException(new IOException("broken"));

        await Should.ThrowAsync<IOException>(() => watching);
        _written.ToString().ShouldBeEmpty();
    }

    public void Dispose() => _written.Dispose();

    private static PullPlan Plan()
    {
        var findings = new List<Finding>();
        return new PullPlan
        {
            Manifest = ManifestReader.Read(Cli.Imrel.Release, findings).ShouldNotBeNull(),
            Platforms = [],
            Files = [],
            Images = [],
            Blobs = [],
            Findings = [],
            Free = 0,
        };
    }
}
