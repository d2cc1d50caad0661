using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Registry;

/// <summary>Counts the attempts at one place, and says when to stop.</summary>
internal sealed class Attempts(RetryPolicy policy)
{
    private int _failedInRow;

    public int Made { get; private set; }

    /// <summary>The wait before the next attempt, or null where there is to be none.</summary>
    public TimeSpan? Next(ReleaseException failure, double jitter)
    {
        Made++;
        if (failure.InnerException is not RegistryFault fault || Made >= policy.AttemptsInAll)
            return null;
        _failedInRow = fault.Received >= policy.Progress ? 1 : _failedInRow + 1;
        return policy.Delay(fault, _failedInRow, jitter);
    }
}
