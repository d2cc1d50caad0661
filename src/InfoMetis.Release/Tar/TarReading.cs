using InfoMetis.Release.Messages;
using Microsoft.Win32.SafeHandles;

namespace InfoMetis.Release.Tar;

/// <summary>What a tar file says of one of its members, and where its bytes lie.</summary>
internal readonly record struct TarMember(string Name, char Type, long Offset, long Size)
{
    public bool IsFile => Type is '0' or '\0';
    public bool IsFolder => Type is '5';
}

/// <summary>
/// Reads the headers of a tar file and nothing else. The runtime's own reader takes the length of an extended header on
/// trust and makes room for it; here each is bounded, and every member must lie within the file.
/// </summary>
internal sealed class TarReading(string path, SafeFileHandle file)
{
    private const int BlockSize = 512;
    private const int LargestExtension = 64 << 10;
    private const int MostExtensions = 8;

    private readonly long _length = RandomAccess.GetLength(file);

    public IEnumerable<TarMember> Members()
    {
        var block = new byte[BlockSize];
        TarExtension extension = default;
        var extensions = 0;
        for (long at = 0; ; )
        {
            // Two blocks of zeros should end it; some writers leave them out.
            if (at >= _length || !ReadBlock(at, block))
                yield break;
            var member = TarHeader.Parse(block, at + BlockSize) ?? throw Refused("", "its header is damaged");
            if (extension.Size is { } size && member.IsFile)
                member = member with { Size = size };
            if (member.Size > _length - member.Offset)
                throw Refused(member.Name, "the archive ends within it");
            at = member.Offset + ((member.Size + BlockSize - 1) / BlockSize * BlockSize);
            if (member.Type is 'x' or 'g' or 'L')
            {
                if (++extensions > MostExtensions)
                    throw Refused(member.Name, "too many headers stand before one file");
                extension = extension.With(member.Type, Extension(member));
                continue;
            }
            yield return extension.Name is { } name ? member with { Name = name } : member;
            (extension, extensions) = (default, 0);
        }
    }

    private bool ReadBlock(long at, byte[] block)
    {
        if (RandomAccess.Read(file, block, at) < BlockSize)
            throw Refused("", "the archive ends within a header");
        return block.AsSpan().ContainsAnyExcept((byte)0);
    }

    private byte[] Extension(TarMember member)
    {
        if (member.Size > LargestExtension)
            throw Refused(member.Name, $"its extended header is larger than {LargestExtension:N0} bytes");
        var bytes = new byte[member.Size];
        return RandomAccess.Read(file, bytes, member.Offset) == bytes.Length
            ? bytes
            : throw Refused(member.Name, "the archive ends within it");
    }

    private ReleaseException Refused(string member, string reason) => new(Message.ArchiveRefused(path, member, reason));
}
