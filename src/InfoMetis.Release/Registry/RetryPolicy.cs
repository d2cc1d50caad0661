using System.Security.Cryptography;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Registry;

/// <summary>When and how often a registry is asked again. There is one such layer, around each piece of content.</summary>
public sealed record RetryPolicy
{
    private const int RandomSteps = 1 << 30;

    /// <summary>Attempts in a row that bring nothing new.</summary>
    public int Attempts { get; init; } = 6;

    /// <summary>Attempts in all for one piece of content, however much each of them brings.</summary>
    public int AttemptsInAll { get; init; } = 100;

    public TimeSpan BaseDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A registry that asks to be left alone for longer than this is not waited for.</summary>
    public TimeSpan LongestRetryAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>An attempt that brought this much counts as progress, and the count of attempts starts anew.</summary>
    public long Progress { get; init; } = 64 * 1024;

    public IReadOnlyList<int> Statuses { get; init; } = [408, 429, 500, 502, 503, 504];

    public IReadOnlyList<string> Faults { get; init; } =
    [Codes.RegistryUnreachable, Codes.ConnectionLost, Codes.IdleTooLong, Codes.ShortBody, Codes.StorageFailed];

    /// <summary>Randomness between 0 and 1 from the system, safe to share between threads.</summary>
    public static double SystemJitter() => RandomNumberGenerator.GetInt32(RandomSteps) / (double)RandomSteps;

    public bool IsTransient(RegistryFault fault) =>
        Faults.Contains(fault.Finding.Code) || (fault.Exchange.Status is { } status && Statuses.Contains(status));

    /// <summary>The wait before the next attempt, or null where there is none to be made.</summary>
    /// <param name="failed">Attempts that have failed in a row.</param>
    /// <param name="jitter">Between 0 and 1; half of the delay is left to it.</param>
    public TimeSpan? Delay(RegistryFault fault, int failed, double jitter)
    {
        if (failed >= Attempts || !IsTransient(fault) || fault.RetryAfter > LongestRetryAfter)
            return null;
        var doubled = BaseDelay * Math.Pow(2, Math.Min(failed - 1, 30));
        var delay = (doubled < LongestDelay ? doubled : LongestDelay) * ((1 + jitter) / 2);
        return fault.RetryAfter is { } asked && asked > delay ? asked : delay;
    }
}
