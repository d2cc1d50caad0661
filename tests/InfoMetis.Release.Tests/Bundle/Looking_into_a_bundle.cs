using System.Text.Json;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Tests.Cli;

namespace InfoMetis.Release.Tests.Bundle;

public sealed class Looking_into_a_bundle(SampleBundles bundles) : IClassFixture<SampleBundles>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Shows_what_it_is_and_that_nothing_was_verified()
    {
        var run = Inspect(bundles.Folder("zstd"));

        run.Out.ShouldContain(
            "infometis 0.5.0 of 2025-07-25 for linux/amd64, judged against k0s\n           v1.23.17+k0s.1\n"
        );
        run.Out.ShouldContain("nothing here was verified, run imrel verify\n");
        run.Out.ShouldMatch("\nkafka +7\\.5\\.0 +[0-9.]+ [kM]?B +[0-9.]+ [kM]?B +[0-9.]+ [kM]?B\n");
        run.Out.ShouldContain("kafka-ecosystem");
        run.Error.ShouldBeEmpty();
    }

    [Fact]
    public void Tells_own_bytes_from_shared_ones_and_what_packing_won()
    {
        var json = Json(bundles.Folder("zstd"));

        json.GetProperty("verified").GetBoolean().ShouldBeFalse();
        var images = json.GetProperty("images").EnumerateArray().ToList();
        images.Count.ShouldBe(24);
        // All of them have one layer in common.
        images.ShouldAllBe(image => image.GetProperty("shared").GetInt64() >= 3000);
        images.ShouldAllBe(image =>
            image.GetProperty("own").GetInt64() + image.GetProperty("shared").GetInt64()
            == image.GetProperty("size").GetInt64()
        );
        var stacks = json.GetProperty("stacks").EnumerateArray().Sum(stack => stack.GetProperty("images").GetInt32());
        stacks.ShouldBe(24);
        var archive = json.GetProperty("archive");
        var frames = archive.GetProperty("frames");
        var size = new FileInfo(bundles.Archive("zstd").Single()).Length;
        archive.GetProperty("sizeHere").GetInt64().ShouldBe(size);
        frames.GetProperty("packed").GetInt64().ShouldBeInRange(size - 1000, size);
        // The inventories of the two differ.
        var tar = new FileInfo(bundles.Archive("none").Single()).Length;
        frames.GetProperty("content").GetInt64().ShouldBeInRange(tar, tar + (32 << 10));
        frames.GetProperty("shrunkTo").GetInt64().ShouldBeLessThan(frames.GetProperty("shrunk").GetInt64());
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("none")]
    public void Does_without_a_table_of_frames_where_there_is_none(string kind) =>
        Json(bundles.Folder(kind)).GetProperty("archive").TryGetProperty("frames", out _).ShouldBeFalse();

    [Theory]
    [InlineData("zstd:1MB")]
    [InlineData("gzip:1MB")]
    [InlineData("none:1MB")]
    public void Needs_only_the_first_part_and_says_what_is_not_here(string kind)
    {
        var parts = bundles.Archive(kind);

        var run = Inspect(parts[0]);

        run.ExitCode.ShouldBe(ExitCode.Sound, run.Error);
        run.Out.ShouldContain($"1 of {parts.Count} parts here");
        run.Out.ShouldContain($"not here:  {Path.GetFileName(parts[1])}\n");
        run.Out.ShouldMatch("\nkafka +7\\.5\\.0 +[0-9.]+ [kM]?B +[0-9.]+ [kM]?B +[0-9.]+ [kM]?B\n");
    }

    [Fact]
    public void Goes_by_the_inventory_beside_it_where_the_first_part_is_not_here()
    {
        var part = bundles.Archive("zstd:1MB")[1];
        var lonely = _folder.Write(Path.GetFileName(part), File.ReadAllBytes(part));

        Inspect(lonely).Error.ShouldContain(Codes.PartNeeded);
        Inspect(part).Out.ShouldContain("read from: inventory.json beside the archive, whose first part is not here\n");
    }

    [Fact]
    public void Counts_signatures_and_claims_nothing_of_them()
    {
        var archive = bundles.Archive("none").Single();
        File.CreateSymbolicLink(_folder.File(Path.GetFileName(archive)), archive);
        _folder.Write("SHA256SUMS", []);
        _folder.Write("SHA256SUMS.sig", "one\ntwo\n"u8.ToArray());

        Inspect(_folder.File(Path.GetFileName(archive))).Out.ShouldContain("2 signatures, by whom only keys can tell;");
    }

    [Fact]
    public void Refuses_what_is_no_regular_file_in_its_folder()
    {
        var archive = bundles.Archive("none").Single();
        File.CreateSymbolicLink(_folder.File(Path.GetFileName(archive)), archive);

        Inspect(_folder.Path).Error.ShouldContain("is no regular file");
    }

    public void Dispose() => _folder.Dispose();

    private static Imrel Inspect(params string[] more) => Imrel.Run(["inspect", .. more]);

    private static JsonElement Json(string bundle)
    {
        var run = Inspect(bundle, "--format", "json");
        run.ExitCode.ShouldBe(ExitCode.Sound, run.Error);
        using var document = JsonDocument.Parse(run.Out);
        return document.RootElement.Clone();
    }
}
