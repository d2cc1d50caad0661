using System.IO.Pipelines;
using System.Security.Cryptography;
using InfoMetis.Release.Bundle;

namespace InfoMetis.Release.Tests.Bundle;

/// <summary>What is written is proved right behind the writing, from the files and not from what was meant to be in them.</summary>
public sealed class An_archive_that_is_read_while_it_grows : IDisposable
{
    private static readonly byte[] Content = RandomNumberGenerator.GetBytes(1_000_003);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null, 1)]
    [InlineData(100_000L, 11)]
    [InlineData(1_000_003L, 1)]
    [InlineData(1_000_002L, 2)]
    [InlineData(1_500L, 667)]
    public async Task Comes_whole_and_in_its_parts(long? partSize, int count)
    {
        using var parts = new ArchiveParts(_folder.Path, "a.tar", partSize);
        var (reading, read) = Read(parts);

        foreach (var piece in Content.Chunk(4_099))
        {
            parts.Write(piece);
            await Task.Yield();
        }
        parts.End();

        var pieces = await reading;
        pieces.Count.ShouldBe(count);
        pieces.Sum(piece => piece.Length).ShouldBe(Content.Length);
        pieces.SkipLast(1).ShouldAllBe(piece => piece.Length == partSize);
        (await read).ShouldBe(Content);
        var names = parts.Name();
        pieces
            .Select(piece => piece.Sha256!.Value.Hex)
            .ShouldBe(
                names.Select(name => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_folder.File(name)))))
            );
    }

    [Fact]
    public async Task Is_what_lies_in_the_file()
    {
        using var parts = new ArchiveParts(_folder.Path, "a.tar", partSize: null);
        parts.Write(Content);
        using (
            var file = File.OpenHandle(_folder.File("a.tar.0"), access: FileAccess.Write, share: FileShare.ReadWrite)
        )
            RandomAccess.Write(file, [(byte)(Content[500_000] ^ 1)], 500_000);
        parts.End();

        var (reading, read) = Read(parts);

        (await reading)[0].Sha256!.Value.Hex.ShouldNotBe(Convert.ToHexStringLower(SHA256.HashData(Content)));
        (await read)[500_000].ShouldBe((byte)(Content[500_000] ^ 1));
    }

    [Fact]
    public async Task Is_no_archive_where_the_writing_fails()
    {
        using var parts = new ArchiveParts(_folder.Path, "a.tar", partSize: null);
        var (reading, _) = Read(parts);
        parts.Write(Content);
        parts.End(new InvalidOperationException("the disk is full"));

        (await Should.ThrowAsync<InvalidOperationException>(() => reading)).Message.ShouldBe("the disk is full");
    }

    [Fact]
    public async Task Is_waited_for_no_longer_than_the_user_wants()
    {
        using var parts = new ArchiveParts(_folder.Path, "a.tar", partSize: null);
        using var stop = new CancellationTokenSource();
        var (reading, _) = Read(parts, stop.Token);
        parts.Write(Content);
        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => reading);
    }

    private static (Task<IReadOnlyList<ReadPiece>> Reading, Task<byte[]> Read) Read(
        ArchiveParts parts,
        CancellationToken cancellationToken = default
    )
    {
        var pipe = PieceReading.NewPipe();
        var reading = PieceReading.RunAsync(parts.FollowAsync(cancellationToken), pipe.Writer, cancellationToken);
        return (reading, BytesAsync(pipe.Reader));
    }

    private static async Task<byte[]> BytesAsync(PipeReader reader)
    {
        using var bytes = new MemoryStream();
        await reader.CopyToAsync(bytes);
        return bytes.ToArray();
    }
}
