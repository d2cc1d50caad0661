using System.Globalization;
using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.Benchmarks.Bundling;

/// <summary>How large the same layout gets.</summary>
/// <param name="Tar">Not compressed at all.</param>
/// <param name="Quick">By <c>zstd -T0 -3</c>.</param>
/// <param name="Long">By <c>zstd -T0 -3 --long=27</c>, which finds what layers have in common.</param>
/// <param name="Ours">The archive of the bundle, inventory, documents and table of frames included.</param>
internal sealed record Sizes(long Tar, long Quick, long Long, long Ours)
{
    public static async Task<Sizes> MeasureAsync(string layout, string archive) =>
        new(
            await CountAsync(layout, "cat"),
            await CountAsync(layout, "zstd -q -T0 -3"),
            await CountAsync(layout, "zstd -q -T0 -3 --long=27"),
            Contender.SizeOf(archive)
        );

    private static async Task<long> CountAsync(string layout, string packer)
    {
        var counted = await new Run(
            "bash",
            "-euo",
            "pipefail",
            "-c",
            $"tar -cf - -C \"$1\" . | {packer} | wc -c",
            "bash",
            layout
        )
        {
            Limit = TimeSpan.FromMinutes(10),
        }.ToEndAsync();
        return counted.ExitCode == 0
            ? long.Parse(counted.Output.Trim(), CultureInfo.InvariantCulture)
            : throw new MeasuringException(counted.Error);
    }
}
