namespace InfoMetis.Release.Cli.Pulling;

/// <summary>Blobs on their way, from registries or to one, as far as they are shown.</summary>
/// <param name="Verb">What has happened to those that are over: fetched, or pushed.</param>
/// <param name="Goal">How programs are told of <paramref name="Total"/>: toFetch, or toPush.</param>
internal sealed record Transfer(string Verb, string Goal, long Total)
{
    public required Func<long> Moved { get; init; }

    /// <summary>How many are over.</summary>
    public required Func<int> Blobs { get; init; }
    public required Func<IReadOnlyList<RunningBlob>> Running { get; init; }

    public static Transfer Of(PushPlan plan, PushProgress progress) =>
        new("pushed", "toPush", plan.ToPush)
        {
            Moved = () => progress.Pushed,
            Blobs = () => progress.Blobs,
            Running = () => progress.Running,
        };

    public static Transfer Of(PullPlan plan, PullProgress progress) =>
        new("fetched", "toFetch", plan.ToFetch)
        {
            Moved = () => progress.Fetched,
            Blobs = () => progress.Blobs,
            Running = () => progress.Running,
        };
}
