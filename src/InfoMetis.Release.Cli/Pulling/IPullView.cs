namespace InfoMetis.Release.Cli.Pulling;

/// <summary>Shows how a pull goes on until it is over.</summary>
internal interface IPullView
{
    /// <summary>Registries that are asked again and again take their time before anything is fetched.</summary>
    Task<PullPlan> WatchPlanAsync(int images, Task<PullPlan> planning);

    Task<T> WatchAsync<T>(PullPlan plan, PullProgress progress, Task<T> work);
}
