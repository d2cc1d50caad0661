using InfoMetis.Release.Disk;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Bundle;

/// <summary>One of the members beside images.tar, which can be taken out.</summary>
public sealed class BundleFileContent
{
    private const byte Delete = 0x7F;

    private readonly BundleArchive _archive;
    private readonly PlacedMember _file;

    internal BundleFileContent(BundleArchive archive, PlacedMember file) => (_archive, _file) = (archive, file);

    public string Name => _file.Member.Name;

    public long Size => _file.Member.Size;

    public async Task SaveAsync(string output, CancellationToken cancellationToken)
    {
        using var file = PartialFile.Begin(output, Size);
        await using var content = Open(cancellationToken);
        await BundleExtract.CopyAsync(content, file.Write, cancellationToken);
        file.Finish();
    }

    /// <summary>Writes it where nothing can be taken back: it is read twice, so that nothing wrong comes out.</summary>
    public async Task CopyToAsync(Stream output, CancellationToken cancellationToken)
    {
        await using (var content = Open(cancellationToken))
            await BundleExtract.CopyAsync(content, _ => { }, cancellationToken);
        await using (var content = Open(cancellationToken))
            await BundleExtract.CopyAsync(content, output.Write, cancellationToken);
        await output.FlushAsync(cancellationToken);
    }

    /// <summary>Whether it is text that a terminal can show, without anything that would command it.</summary>
    public async Task<bool> IsTextAsync(CancellationToken cancellationToken)
    {
        var (isText, before) = (true, (byte)0);
        await using var content = Open(cancellationToken);
        await BundleExtract.CopyAsync(
            content,
            bytes =>
            {
                foreach (var one in bytes)
                {
                    // In UTF-8, what controls a terminal is below a blank, or C2 and what is below A0.
                    isText &= one is >= (byte)' ' and not Delete or (byte)'\n' or (byte)'\r' or (byte)'\t';
                    isText &= before != 0xC2 || one >= 0xA0;
                    before = one;
                }
            },
            cancellationToken
        );
        return isText;
    }

    private VerifyingStream Open(CancellationToken cancellationToken) =>
        new(_archive.OpenFile(_file, offset: 0, cancellationToken), _file.Descriptor);
}
