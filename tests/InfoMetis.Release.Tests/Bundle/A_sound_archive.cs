using InfoMetis.Release.Bundle;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Tests.Bundle;

public sealed class A_sound_archive
{
    public static TheoryData<CompressionKind> Kinds => [.. Enum.GetValues<CompressionKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Is_proved_whatever_it_is_packed_with(CompressionKind kind)
    {
        var reading = TinyBundle.Read(TinyBundle.Archive(kind));
        reading.Findings.Show().ShouldBeEmpty();
        reading.IsWhole.ShouldBeTrue();
        reading.Unpacked.ShouldBe(TinyBundle.Tar.Length);
        reading.Manifest!.Name.ShouldBe("tiny");
        reading.Inventory!.Compression.Kind.ShouldBe(kind);
        reading.Blobs.ShouldBe(5);
        reading.Pieces.ShouldHaveSingleItem().Sha256.ShouldBe(Digest.Of(TinyBundle.Archive(kind)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Is_proved_in_parts_of_any_size(CompressionKind kind)
    {
        for (var size = 1; size < 600; size += size < 20 ? 1 : 97)
        {
            var pieces = TinyBundle.Archive(kind).Chunk(size).ToArray();
            var reading = TinyBundle.Read(pieces);
            reading.Findings.Show().ShouldBeEmpty($"{size}");
            reading.Pieces.Select(piece => piece.Sha256!.Value).ShouldBe(pieces.Select(piece => Digest.Of(piece)));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Is_proved_however_few_bytes_come_at_a_time(CompressionKind kind)
    {
        for (var most = 1; most < 12; most++)
        {
            var piece = most;
            TinyBundle
                .Read(bytes => new Dripping(bytes, piece), TinyBundle.Archive(kind))
                .Findings.Show()
                .ShouldBeEmpty($"{most}");
        }
    }

    private sealed class Dripping(byte[] bytes, int most) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, most)], cancellationToken);
    }
}
