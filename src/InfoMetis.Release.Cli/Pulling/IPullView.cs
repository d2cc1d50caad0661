namespace InfoMetis.Release.Cli.Pulling;

/// <summary>Shows how a pull, or a push, goes on until it is over.</summary>
internal interface IPullView
{
    /// <summary>Registries that are asked again and again take their time before anything is fetched.</summary>
    Task<TPlan> WatchPlanAsync<TPlan>(int images, Task<TPlan> planning);

    Task<T> WatchAsync<T>(Transfer transfer, Task<T> work);
}

internal static class PullViews
{
    public static Task<T> WatchAsync<T>(this IPullView view, PullPlan plan, PullProgress progress, Task<T> work) =>
        view.WatchAsync(Transfer.Of(plan, progress), work);
}
