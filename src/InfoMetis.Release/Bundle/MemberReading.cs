using System.Security.Cryptography;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Tar;

namespace InfoMetis.Release.Bundle;

/// <summary>Reads headers and contents of members from an archive.</summary>
internal sealed class MemberReading(UnpackedBytes bytes) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public async Task<byte[]> BlockAsync(CancellationToken cancellationToken)
    {
        var block = new byte[TarHeader.Length];
        await FillAsync(block, cancellationToken);
        return block;
    }

    /// <summary>Reads a content and the zeros behind it, and hashes it on the way.</summary>
    /// <param name="kept">Where a copy of it goes; empty where none is wanted.</param>
    public async Task<Digest> ContentAsync(
        string member,
        long size,
        Memory<byte> kept,
        CancellationToken cancellationToken
    )
    {
        for (var left = size; left > 0; )
        {
            var here = await PeekAsync(left, cancellationToken);
            _hash.AppendData(here.Span);
            if (!kept.IsEmpty)
            {
                here.CopyTo(kept);
                kept = kept[here.Length..];
            }
            left -= here.Length;
            bytes.Take(here.Length);
        }
        var digest = Digest.Of(_hash);
        var padding = new byte[TarHeader.Padded(size) - size];
        await FillAsync(padding, cancellationToken);
        return padding.AsSpan().ContainsAnyExcept((byte)0)
            ? throw new ReleaseException(
                Message.MemberRefused(member, "something stands where zeros must fill its last block")
            )
            : digest;
    }

    public void Dispose() => _hash.Dispose();

    private async Task FillAsync(Memory<byte> target, CancellationToken cancellationToken)
    {
        while (!target.IsEmpty)
        {
            var here = await PeekAsync(target.Length, cancellationToken);
            here.CopyTo(target);
            target = target[here.Length..];
            bytes.Take(here.Length);
        }
    }

    private async ValueTask<ReadOnlyMemory<byte>> PeekAsync(long wanted, CancellationToken cancellationToken) =>
        await bytes.PeekAsync(wanted, cancellationToken) is { IsEmpty: false } here ? here : throw bytes.Short();
}
