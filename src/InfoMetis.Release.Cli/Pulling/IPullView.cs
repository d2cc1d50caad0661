namespace InfoMetis.Release.Cli.Pulling;

/// <summary>Shows how a pull goes on until it is over.</summary>
internal interface IPullView
{
    Task<T> WatchAsync<T>(PullPlan plan, PullProgress progress, Task<T> work);
}
