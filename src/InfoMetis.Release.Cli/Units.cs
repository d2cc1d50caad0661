using System.Globalization;

namespace InfoMetis.Release.Cli;

/// <summary>Sizes and times as people say them; programs get exact numbers in JSON.</summary>
internal static class Units
{
    private const double Step = 1000;

    private static readonly string[] Names = ["B", "kB", "MB", "GB", "TB"];

    public static string Bytes(long bytes)
    {
        var value = (double)bytes;
        var unit = 0;
        // What would round up to 1000 is one of the next unit.
        while (value >= Step - 0.5 && unit < Names.Length - 1)
        {
            value /= Step;
            unit++;
        }
        var format = unit == 0 || value >= 100 ? "0" : "0.0";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{value.ToString(format, CultureInfo.InvariantCulture)} {Names[unit]}"
        );
    }

    public static string Time(TimeSpan time) =>
        time.TotalSeconds < 10 ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s")
        : time.TotalMinutes < 1 ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalSeconds} s")
        : time.TotalHours < 1 ? string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds} s")
        : string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h {time.Minutes} min");

    public static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}
