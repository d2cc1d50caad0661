namespace InfoMetis.Release.Tests.Bundle;

/// <summary>The same release is the same bytes, whatever differs around it.</summary>
public sealed class A_bundle_made_twice : IDisposable
{
    private readonly SampleRelease _release = new(large: true);

    public void Dispose() => _release.Dispose();

    [Theory]
    [InlineData("zstd")]
    [InlineData("gzip")]
    [InlineData("none")]
    public void Is_the_same_from_a_cold_and_a_warm_store_with_one_job_and_with_many(string compression)
    {
        var cold = Files(_release.Bundle("cold", "--compression", compression, "--jobs", "1"));
        var warm = Files(_release.Bundle("warm", "--compression", compression, "--jobs", "64"));

        warm.ShouldBe(cold);
    }

    [Fact]
    public void Is_the_same_stream_in_parts()
    {
        var whole = _release.Bundle("whole");
        var parts = _release.Bundle("parts", "--part-size", "1MB");

        var files = Directory.GetFiles(parts, "*.part*").Order(StringComparer.Ordinal).ToList();
        files.Count.ShouldBeGreaterThan(9);
        files[0].ShouldEndWith($".tar.zst.part01of{files.Count}");
        files.SkipLast(1).ShouldAllBe(file => new FileInfo(file).Length == 1_000_000);
        var joined = files.SelectMany(File.ReadAllBytes).ToArray();
        joined.ShouldBe(File.ReadAllBytes(Directory.GetFiles(whole, "*.tar.zst").Single()));
        File.ReadAllBytes(Path.Combine(parts, "inventory.json"))
            .ShouldBe(File.ReadAllBytes(Path.Combine(whole, "inventory.json")));
    }

    [Fact]
    public void Says_which_level_made_it()
    {
        var fast = File.ReadAllText(Path.Combine(_release.Bundle("fast", "--level", "1"), "inventory.json"));
        var hard = File.ReadAllText(Path.Combine(_release.Bundle("hard", "--level", "22"), "inventory.json"));

        fast.ShouldContain("\"level\": 1\n");
        hard.ShouldContain("\"level\": 22\n");
    }

    private static Dictionary<string, string> Files(string folder) =>
        Directory
            .GetFiles(folder)
            .Where(file =>
                !file.EndsWith(".sig", StringComparison.Ordinal)
                && !file.EndsWith(".sigstore.json", StringComparison.Ordinal)
            )
            .ToDictionary(
                file => Path.GetFileName(file),
                file => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))
            );
}
