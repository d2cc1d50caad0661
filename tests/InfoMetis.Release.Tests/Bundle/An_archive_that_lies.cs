using System.Buffers.Binary;
using FsCheck;
using FsCheck.Fluent;
using InfoMetis.Release.Bundle;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Tests.Bundle;

/// <summary>Whatever is done to an archive, what is taken out of it is right or is refused in our own words.</summary>
public sealed class An_archive_that_lies(SampleBundles bundles) : IClassFixture<SampleBundles>, IDisposable
{
    private const int Packed = 0;
    private const int Content = 4;

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(0, Packed, 1, "its table speaks of")]
    [InlineData(3, Packed, -1, "its table speaks of")]
    [InlineData(3, Packed, int.MaxValue, "of a size that no frame has")]
    [InlineData(3, Packed, -1_000_000_000, "of a size that no frame has")]
    [InlineData(0, Content, 1, "declares another size than the table")]
    [InlineData(0, Content, -1, "declares another size than the table")]
    [InlineData(2, Content, 33 << 20, "with more content than a frame may have")]
    public void In_the_size_of_a_frame_is_refused(int frame, int field, int change, string reason) =>
        Refusal(Changed(table => Add(table, SeekTable.HeaderLength + (frame * SeekTable.EntryLength) + field, change)))
            .ShouldContain(reason);

    [Theory]
    [InlineData(Packed, "of a size that no frame has")]
    [InlineData(Content, "or with none")]
    public void In_saying_that_a_frame_is_nothing_is_refused(int field, string reason) =>
        Refusal(Changed(table => table.AsSpan(SeekTable.HeaderLength + field, 4).Clear())).ShouldContain(reason);

    [Theory]
    [InlineData(0, "speaks of 0 frames")]
    [InlineData(1, "is not written as it must be")]
    [InlineData(1_000_000_000, "speaks of 1,000,000,000 frames")]
    [InlineData(int.MaxValue, "speaks of 2,147,483,647 frames")]
    [InlineData(-1, "does not end with a table of frames")]
    public void In_the_number_of_frames_is_refused(int count, string reason) =>
        Refusal(
                Changed(table =>
                    BinaryPrimitives.WriteInt32LittleEndian(table.AsSpan(table.Length - SeekTable.FooterLength), count)
                )
            )
            .ShouldContain(reason);

    [Fact]
    public void By_a_border_between_frames_that_is_moved_is_refused() =>
        Refusal(
                Changed(table =>
                {
                    Add(table, SeekTable.HeaderLength, 1);
                    Add(table, SeekTable.HeaderLength + SeekTable.EntryLength, -1);
                })
            )
            .ShouldContain("frame 1 does not declare a size that a frame may have");

    [Fact]
    public void Behind_what_is_read_of_its_inventory_is_refused()
    {
        var archive = File.ReadAllBytes(bundles.Archive("zstd").Single());
        var frames = SeekTable.Frames(archive.AsSpan(archive.Length - SeekTable.FooterLength))!.Value;
        var first = SeekTable.Parse(archive.AsSpan(archive.Length - SeekTable.Length(frames)))![0];
        // The last byte of the checksum over the frame that begins with the manifest and the inventory.
        archive[first.Packed - 1] ^= 1;
        var damaged = _folder.Write(Path.GetFileName(bundles.Archive("zstd").Single()), archive);

        Refusal(damaged).ShouldContain("frame 0");
        Should.Throw<ReleaseException>(() => Extract([damaged], "grafana")).Finding.Fact.ShouldContain("frame 0");
    }

    [Theory]
    [InlineData("zstd")]
    [InlineData("gzip")]
    [InlineData("none")]
    public void By_being_cut_off_is_refused_wherever_that_is(string kind)
    {
        var whole = File.ReadAllBytes(bundles.Archive(kind).Single());
        var name = Path.GetFileName(bundles.Archive(kind).Single());
        foreach (var length in Enumerable.Range(0, 60).Select(step => whole.Length / 61 * step))
            Refusal(_folder.Write(name, whole[..length])).ShouldNotBeEmpty();
    }

    [Fact]
    public void Lacks_a_part_and_names_it_only_where_it_is_needed()
    {
        var parts = bundles.Archive("zstd:1MB");
        foreach (var part in parts.Where((_, at) => at != 5))
            File.CreateSymbolicLink(_folder.File(Path.GetFileName(part)), part);
        var here = Directory.GetFiles(_folder.Path);

        Refusal(here).ShouldContain($"{Path.GetFileName(parts[5])} is needed for this");
        Extract(here, "grafana").ShouldNotBeEmpty();
    }

    [Fact]
    public void Has_parts_that_do_not_fit_together_and_is_refused()
    {
        var parts = bundles.Archive("zstd:1MB").ToArray();
        parts[1] = _folder.Write(Path.GetFileName(parts[1]), File.ReadAllBytes(parts[1])[..^1]);

        Refusal(parts).ShouldContain("has 999,999 bytes");
    }

    [Theory]
    [InlineData("zstd")]
    [InlineData("gzip")]
    [InlineData("none")]
    public void In_any_byte_gives_out_what_is_right_or_nothing(string kind)
    {
        using var release = new SampleRelease();
        string[] level = kind == "none" ? [] : ["--level", "1"];
        var archive = Directory.GetFiles(release.Bundle("one", ["--compression", kind, .. level]), "*.tar*").Single();
        var whole = File.ReadAllBytes(archive);
        var right = Extract([archive], "grafana");
        var places = Gen.OneOf(
            Gen.Choose(0, 20_000),
            Gen.Choose(0, whole.Length - 1),
            Gen.Choose(whole.Length - 400, whole.Length - 1)
        );
        Law.Holds(
            places.SelectMany(place => Gen.Choose(1, 255).Select(change => (place, change))),
            flip =>
            {
                var bytes = whole.ToArray();
                bytes[flip.place] ^= (byte)flip.change;
                var file = _folder.Write(Path.GetFileName(archive), bytes);
                try
                {
                    Extract([file], "grafana").AsSpan().SequenceEqual(right).ShouldBeTrue($"{flip}");
                }
                catch (ReleaseException exception)
                {
                    ExitCodes.Of(exception.Finding.Code).ShouldBe(ExitCode.Integrity, $"{flip}: {exception.Finding}");
                }
            }
        );
    }

    public void Dispose() => _folder.Dispose();

    private static void Add(byte[] table, int at, int change)
    {
        var field = table.AsSpan(at);
        BinaryPrimitives.WriteInt32LittleEndian(field, BinaryPrimitives.ReadInt32LittleEndian(field) + change);
    }

    private string Changed(Action<byte[]> change)
    {
        var archive = File.ReadAllBytes(bundles.Archive("zstd").Single());
        var frames = SeekTable.Frames(archive.AsSpan(archive.Length - SeekTable.FooterLength))!.Value;
        var table = archive[^SeekTable.Length(frames)..];
        change(table);
        table.CopyTo(archive, archive.Length - table.Length);
        return _folder.Write(Path.GetFileName(bundles.Archive("zstd").Single()), archive);
    }

    private string Refusal(params string[] archive)
    {
        var finding = Should.Throw<ReleaseException>(() => Extract(archive, null)).Finding;
        ExitCodes.Of(finding.Code).ShouldBe(ExitCode.Integrity);
        return finding.Fact;
    }

    /// <param name="image">Null for all.</param>
    private byte[] Extract(IReadOnlyList<string> archive, string? image)
    {
        var output = _folder.File("taken out");
        using var opened = BundleArchive.Open(BundleFiles.Find(archive));
        var extract = new BundleExtract(opened);
        (
            image is null
                ? extract.AllAsync(output, default)
                : extract.ImagesAsync(extract.Find([image]), output, default)
        )
            .GetAwaiter()
            .GetResult();
        var bytes = File.ReadAllBytes(output);
        File.Delete(output);
        return bytes;
    }
}
