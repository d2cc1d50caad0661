using InfoMetis.Release.Messages;
using InfoMetis.Release.Store;
using InfoMetis.Release.Tests.Cli;

namespace InfoMetis.Release.Tests.Bundle;

public sealed class Taking_images_out_of_a_bundle(SampleBundles bundles) : IClassFixture<SampleBundles>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("zstd")]
    [InlineData("zstd:1MB")]
    [InlineData("gzip")]
    [InlineData("gzip:1MB")]
    [InlineData("none")]
    [InlineData("none:1MB")]
    public void All_of_them_are_images_tar_byte_for_byte(string kind)
    {
        Sound(bundles.Folder(kind), "--all", "--output", _folder.File("all.tar"));

        File.ReadAllBytes(_folder.File("all.tar")).AsSpan().SequenceEqual(bundles.ReadImagesTar()).ShouldBeTrue();
    }

    [Theory]
    [InlineData("zstd")]
    [InlineData("gzip:1MB")]
    [InlineData("none")]
    public async Task One_is_a_layout_with_all_its_names_and_nothing_else(string kind)
    {
        Sound(bundles.Folder(kind), "--image", "kafka", "--output", _folder.File("kafka.tar"));

        using var layout = LayoutSource.OfArchive(_folder.File("kafka.tar"));
        var root = layout.Entries.Select(entry => entry.Digest).Distinct().ShouldHaveSingleItem();
        layout.Entries.Count.ShouldBe(3);
        foreach (var name in (string[])["cp-kafka:7.5.0", $"cp-kafka@{root}", $"cp-kafka:7.5.0@{root}"])
            (await layout.ResolveAsync($"docker.io/confluentinc/{name}", default)).Digest.ShouldBe(root);
        await using var content = await layout.FetchAsync(layout.Entries[0], offset: 0, default);
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes);
        bytes.ToArray().ShouldBe(bundles.Release.BytesOf(root));
    }

    [Fact]
    public void Is_the_same_by_whatever_name_and_out_of_whatever_archive()
    {
        Sound(bundles.Folder("zstd"), "--image", "kafka", "--image", "pause", "--output", _folder.File("1"));
        Sound(
            bundles.Folder("gzip:1MB"),
            "--image",
            "registry.k8s.io/pause:3.5",
            "--image",
            "confluentinc/cp-kafka:7.5.0",
            "--output",
            _folder.File("2")
        );

        File.ReadAllBytes(_folder.File("2")).ShouldBe(File.ReadAllBytes(_folder.File("1")));
    }

    [Fact]
    public void By_names_that_no_image_has_names_those_there_are()
    {
        var run = Extract(
            bundles.Folder("zstd"),
            "--image",
            "kafak",
            "--image",
            "nif",
            "--output",
            _folder.File("out")
        );

        run.ExitCode.ShouldBe(ExitCode.Integrity);
        run.Error.ShouldContain("no image named 'kafak'");
        run.Error.ShouldContain("no image named 'nif'");
        run.Error.ShouldContain("kafka, kafka-rest");
        Directory.GetFiles(_folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public void Never_writes_over_a_file()
    {
        var file = _folder.Write("out", [1]);

        Extract(bundles.Folder("zstd"), "--image", "kafka", "--output", file).Error.ShouldContain(Codes.FileExists);

        File.ReadAllBytes(file).ShouldBe([1]);
        Directory.GetFiles(_folder.Path).ShouldBe([file]);
    }

    [Theory]
    [InlineData("zstd")]
    [InlineData("gzip")]
    [InlineData("none")]
    public void Leaves_nothing_where_a_blob_is_damaged_and_takes_out_those_that_are_not(string kind)
    {
        var whole = File.ReadAllBytes(bundles.Archive(kind).Single());
        var layer = bundles.Release.Content.Select(bundles.Release.BytesOf).MaxBy(bytes => bytes.Length)!;
        var at = whole.AsSpan().IndexOf(layer.AsSpan(0, 64)) + 100;
        whole[at] ^= 1;
        var damaged = _folder.Write(Path.GetFileName(bundles.Archive(kind).Single()), whole);

        var run = Extract(damaged, "--all", "--output", _folder.File("out"));

        run.ExitCode.ShouldBe(ExitCode.Integrity);
        // gzip has a checksum of its own, finds it first, and unpacks nothing behind it.
        run.Error.ShouldContain(kind == "gzip" ? Codes.BundleUnusable : Codes.ContentWrongDigest);
        Directory.GetFiles(_folder.Path).ShouldBe([damaged]);
        if (kind != "gzip")
            Sound(damaged, "--image", "busybox", "--output", _folder.File("busybox.tar"));
    }

    [Theory]
    [InlineData("--output", "x")]
    [InlineData("--all", "--image", "kafka", "--output", "x")]
    [InlineData("--all", "--file", "release.yaml", "--output", "x")]
    [InlineData("--all", "--output", "-")]
    [InlineData("--image", "kafka", "--output", "-")]
    [InlineData("--all")]
    public void Refuses_to_guess_what_is_wanted(params string[] options) =>
        Extract("bundle", options).ExitCode.ShouldBe(ExitCode.Usage);

    [Theory]
    [InlineData("zstd")]
    [InlineData("gzip")]
    [InlineData("none:1MB")]
    public void A_file_comes_as_it_is(string kind)
    {
        var release = Extract(bundles.Folder(kind), "--file", "release.yaml", "--output", "-");
        Sound(bundles.Folder(kind), "--file", "infometis/inventory.json", "--output", _folder.File("inventory"));

        release.OutBytes.ShouldBe(File.ReadAllBytes(bundles.Release.Manifest));
        release.Out.ShouldBeEmpty();
        File.ReadAllBytes(_folder.File("inventory"))
            .ShouldBe(File.ReadAllBytes(Path.Combine(bundles.Folder(kind), "inventory.json")));
    }

    [Fact]
    public void A_file_that_is_not_there_names_those_that_are()
    {
        var run = Extract(bundles.Folder("zstd"), "--file", "release.yml", "--output", "-");

        run.Error.ShouldContain(Codes.MemberUnknown);
        run.Error.ShouldContain("infometis/release.yaml");
        run.OutBytes.ShouldBeEmpty();
    }

    public void Dispose() => _folder.Dispose();

    private static Imrel Extract(string bundle, params string[] options) => Imrel.Run(["extract", bundle, .. options]);

    private static void Sound(string bundle, params string[] options)
    {
        var run = Extract(bundle, options);
        run.ExitCode.ShouldBe(ExitCode.Sound, run.Error);
    }
}
