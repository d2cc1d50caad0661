using InfoMetis.Release.Bundle;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Tests.Bundle;

/// <summary>
/// Nothing is signed here, nor listed: whatever is wrong must be seen in the archive itself. A few bits of a compressed frame can
/// be other ones and mean the same; those only the hash of the file tells apart.
/// </summary>
public sealed class A_damaged_archive
{
    public static TheoryData<CompressionKind> Kinds => [.. Enum.GetValues<CompressionKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Is_never_sound_with_a_bit_flipped_anywhere(CompressionKind kind)
    {
        var whole = TinyBundle.Archive(kind);
        var unseen = new System.Collections.Concurrent.ConcurrentBag<string>();
        Parallel.For(
            0,
            whole.Length,
            new ParallelOptions { MaxDegreeOfParallelism = 2 },
            at =>
            {
                var bytes = whole.ToArray();
                bytes[at] ^= (byte)(1 << (at % 8));
                if (CodesOf(bytes).Count == 0 && !MeansTheSame(kind, bytes))
                    unseen.Add($"byte {at} of {whole.Length}, bit {at % 8}");
            }
        );
        unseen.Order().ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Is_never_sound_cut_off_anywhere(CompressionKind kind)
    {
        var whole = TinyBundle.Archive(kind);
        for (var length = 0; length < whole.Length; length += length % 512 is 0 or 511 ? 1 : 73)
            CodesOf(whole[..length]).ShouldNotBeEmpty($"{length}");
    }

    [Fact]
    public void Is_never_sound_cut_off_at_any_block_of_its_tar()
    {
        for (var length = 0; length < TinyBundle.Tar.Length; length += 512)
            CodesOf(TinyBundle.Tar[..length]).ShouldNotBeEmpty($"{length}");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Is_refused_for_anything_that_follows(CompressionKind kind)
    {
        var whole = TinyBundle.Archive(kind);
        foreach (
            byte[] tail in (byte[][])
                [
                    [0],
                    new byte[512],
                    new byte[100_000],
                    whole,
                ]
        )
            CodesOf([.. whole, .. tail]).ShouldContain(Codes.ArchiveBroken);
    }

    [Fact]
    public void Is_hashed_to_its_end_all_the_same()
    {
        var bytes = TinyBundle.Tar.ToArray();
        bytes[0] = (byte)'/';
        var reading = TinyBundle.Read(bytes[..1000], bytes[1000..]);
        reading.IsWhole.ShouldBeFalse();
        reading
            .Pieces.Select(piece => piece.Sha256!.Value)
            .ShouldBe([Digest.Of(bytes.AsSpan(0, 1000)), Digest.Of(bytes.AsSpan(1000))]);
    }

    [Fact]
    public void Is_hashed_beyond_a_part_that_cannot_be_read()
    {
        var whole = TinyBundle.Tar;
        var reading = TinyBundle.Read(
            bytes => bytes.Length == 1000 ? throw new IOException("worn out") : new MemoryStream(bytes),
            whole[..2000],
            whole[2000..3000],
            whole[3000..]
        );
        reading.Findings.ShouldContain(finding => finding.Code == Codes.BundleFileUnreadable);
        reading.Pieces.Select(piece => piece.Sha256 is not null).ShouldBe([true, false, true]);
    }

    private static bool MeansTheSame(CompressionKind kind, byte[] bytes) =>
        kind is CompressionKind.Zstd
        && TinyBundle.Unpacked(bytes).AsSpan().SequenceEqual(TinyBundle.Unpacked(TinyBundle.Archive(kind)));

    private static IReadOnlyList<string> CodesOf(byte[] bytes) =>
        [.. TinyBundle.Read(bytes).Findings.Select(finding => finding.Code)];
}
