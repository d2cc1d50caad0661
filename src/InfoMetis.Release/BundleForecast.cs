using System.Diagnostics;
using System.Security.Cryptography;

namespace InfoMetis.Release;

/// <summary>What a bundle will take, before its content is there.</summary>
/// <param name="Content">Of its images.</param>
/// <param name="Bundle">At the most.</param>
/// <param name="Free">Where the bundle goes.</param>
/// <param name="Work">Without what has to be fetched.</param>
public sealed record BundleForecast(long Content, long Bundle, long Free, TimeSpan Work);

/// <summary>How fast this machine hashes, for that is what most of the time goes into.</summary>
internal static class HashingPace
{
    private const int SampleSize = 4 << 20;

    /// <summary>Writing takes about as long as hashing once on two cores, and proving as hashing twice.</summary>
    private const double Passes = 1.5;

    public static TimeSpan TimeFor(long size)
    {
        var sample = new byte[SampleSize];
        var start = Stopwatch.GetTimestamp();
        SHA256.HashData(sample);
        return Stopwatch.GetElapsedTime(start) * (Passes * size / SampleSize);
    }
}
