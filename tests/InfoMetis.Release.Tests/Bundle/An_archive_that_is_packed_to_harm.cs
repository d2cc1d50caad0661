using System.IO.Compression;
using InfoMetis.Release.Bundle;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Tests.Bundle;

public sealed class An_archive_that_is_packed_to_harm
{
    private const int Block = 128 << 10;

    private static readonly byte[] Zstd = TinyBundle.Archive(CompressionKind.Zstd);
    private static readonly byte[] ReleaseMember = TarEdit.Of(TinyBundle.Tar).Members[0].ToBytes();

    [Fact]
    public void Is_refused_as_a_bomb_of_one_frame_as_soon_as_that_exceeds_a_frame()
    {
        // Ten thousand blocks of one repeated byte: 1.3 GB out of 40 kB, announced as the largest inventory there may be.
        var inventory = TarPiece.File(BundleNames.InventoryMember, new byte[InventoryReader.LargestInventory]).Header;
        byte[] start = [.. ReleaseMember, .. inventory];
        byte[] bomb = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x38, .. Raw(start), .. Repeat(10_000, Run(0))];
        Refusal(bomb).ShouldContain("a frame unpacks to more than");
    }

    [Fact]
    public void Is_refused_as_a_bomb_of_many_frames_as_soon_as_they_exceed_what_is_declared()
    {
        byte[] frame = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x38, .. Repeat(200, Run(0))];
        byte[] bomb = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x38, .. Raw(ReleaseMember, isLast: true), .. Repeat(1000, frame)];
        TinyBundle.Read(bomb).Unpacked.ShouldBeLessThan(40 << 20);
        TinyBundle.Read(bomb).Findings.ShouldNotBeEmpty();
    }

    [Fact]
    public void Is_refused_as_a_bomb_of_gzip()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(ReleaseMember);
            for (var i = 0; i < 1000; i++)
                gzip.Write(new byte[1 << 20]);
        }
        var reading = TinyBundle.Read(packed.ToArray());
        reading.Findings.ShouldNotBeEmpty();
        reading.Unpacked.ShouldBeLessThan(40 << 20);
    }

    [Theory]
    [InlineData(0x90)]
    [InlineData(0xFF)]
    public void Is_refused_for_a_window_beyond_what_a_bundle_needs(byte window) =>
        Refusal([0x28, 0xB5, 0x2F, 0xFD, 0x00, window, .. Repeat(10, Run(0))]).ShouldContain("asks for a window of");

    [Fact]
    public void Is_refused_for_a_frame_that_declares_more_than_a_frame_has() =>
        Refusal([0x28, 0xB5, 0x2F, 0xFD, 0xE0, 0, 0, 0, 4, 0, 0, 0, 0]).ShouldContain("declares 67,108,864 bytes");

    [Theory]
    [InlineData(0x08)]
    [InlineData(0x10)]
    [InlineData(0x01)]
    public void Is_refused_for_a_frame_of_another_form(byte descriptor) =>
        Refusal([0x28, 0xB5, 0x2F, 0xFD, descriptor, 0x38, 0, 0, 0]).ShouldContain("a header of an unknown form");

    [Fact]
    public void Is_refused_for_a_frame_that_declares_another_content_than_it_has()
    {
        var bytes = Zstd.ToArray();
        var frame = FrameWithContentSize(bytes);
        bytes[frame]++;
        Refusal(bytes).ShouldNotBeEmpty();
    }

    [Fact]
    public void Is_refused_for_an_empty_frame_in_between()
    {
        byte[] empty = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x38, 1, 0, 0];
        Refusal([.. empty, .. Zstd]).ShouldContain("a frame is empty");
    }

    [Fact]
    public void Is_refused_for_a_frame_that_decompressors_skip()
    {
        byte[] skipped = [0x50, 0x2A, 0x4D, 0x18, 4, 0, 0, 0, 1, 2, 3, 4];
        TinyBundle.Read([.. skipped, .. Zstd]).Findings.ShouldNotBeEmpty();
        var table = Zstd.AsSpan().LastIndexOf((byte[])[0x5E, 0x2A, 0x4D, 0x18]);
        Refusal([.. Zstd[..table], .. skipped, .. Zstd[table..]]).ShouldContain("table of frames");
    }

    [Fact]
    public void Is_refused_for_any_lie_in_its_table_of_frames()
    {
        var table = Zstd.AsSpan().LastIndexOf((byte[])[0x5E, 0x2A, 0x4D, 0x18]);
        for (var at = table; at < Zstd.Length; at++)
        {
            var bytes = Zstd.ToArray();
            bytes[at] ^= 0x55;
            Refusal(bytes).ShouldContain("table of frames", customMessage: $"{at - table}");
        }
        Refusal(Zstd[..table]).ShouldContain("table of frames");
    }

    [Fact]
    public void Is_refused_where_its_frames_are_cut_elsewhere_or_packed_otherwise()
    {
        var tar = TarEdit.Of(TinyBundle.Tar);
        tar["infometis/inventory.json"] = TarEdit.Of(TinyBundle.Unpacked(Zstd))["infometis/inventory.json"];
        var bytes = tar.ToBytes();
        var format = new ZstdFormat(3);
        using var packed = format.Pack(bytes, isStored: false);
        byte[] archive =
        [
            .. packed.Bytes[..packed.Length],
            .. format.Trailer([new FrameSize(packed.Length, bytes.Length)]),
        ];
        var findings = TinyBundle.Read(archive).Findings;
        findings.ShouldContain(finding => finding.Code == Codes.FramesWrong, findings.Show());
    }

    private static string Refusal(byte[] archive)
    {
        var finding = TinyBundle.Read(archive).Findings.ShouldHaveSingleItem();
        finding.Code.ShouldBe(Codes.ArchiveBroken);
        return finding.Fact;
    }

    /// <summary>Where the first frame that declares its content in four bytes does so.</summary>
    private static int FrameWithContentSize(byte[] bytes) =>
        bytes.AsSpan().IndexOf((byte[])[0x28, 0xB5, 0x2F, 0xFD, 0x80]) + 6;

    /// <summary>A block that stands for 128 KiB of one byte.</summary>
    private static byte[] Run(byte value)
    {
        const int Header = (Block << 3) | 0b010;
        return [Header & 0xFF, (Header >> 8) & 0xFF, Header >> 16, value];
    }

    private static byte[] Raw(byte[] content, bool isLast = false)
    {
        var header = (content.Length << 3) | (isLast ? 1 : 0);
        return [(byte)header, (byte)(header >> 8), (byte)(header >> 16), .. content];
    }

    private static byte[] Repeat(int count, byte[] bytes) => [.. Enumerable.Repeat(bytes, count).SelectMany(b => b)];
}
