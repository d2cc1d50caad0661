using System.Text;
using InfoMetis.Release.Disk;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Signing;

/// <summary>SHA256SUMS and what lies beside it to prove who wrote it; nothing of it is checked yet.</summary>
/// <param name="Folder">Where it was found, to be named in findings.</param>
/// <param name="Content">SHA256SUMS, byte for byte.</param>
/// <param name="Signatures">The text of SHA256SUMS.sig, or null where there is none.</param>
/// <param name="Sigstore">The text of SHA256SUMS.sigstore.json, or null where there is none.</param>
public sealed record SignedSums(string Folder, ReadOnlyMemory<byte> Content, string? Signatures, string? Sigstore)
{
    public string SumsPath => PathOf(SignedFiles.Sums);
    public string SignaturesPath => PathOf(SignedFiles.Signatures);
    public string SigstorePath => PathOf(SignedFiles.Sigstore);

    /// <exception cref="ReleaseException">There is no SHA256SUMS, or a file that is there cannot be read.</exception>
    public static SignedSums In(string folder)
    {
        var content = Read(folder, SignedFiles.Sums, Message.SumsUnfit);
        var signatures = Read(
            folder,
            SignedFiles.Signatures,
            (path, reason) => Message.SignatureFileMalformed(path, 1, reason)
        );
        var sigstore = Read(folder, SignedFiles.Sigstore, Message.SigstoreDisagrees);
        return new SignedSums(
            folder,
            content
                ?? throw new ReleaseException(
                    Message.SumsUnfit(Path.Combine(folder, SignedFiles.Sums), "there is no such file")
                ),
            signatures is null ? null : Encoding.UTF8.GetString(signatures),
            sigstore is null ? null : Encoding.UTF8.GetString(sigstore)
        );
    }

    private string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>What is there and cannot be read is never taken for absent.</summary>
    private static byte[]? Read(string folder, string name, Func<string, string, Finding> message)
    {
        var path = Path.Combine(folder, name);
        try
        {
            return SmallFile.ReadIfThere(path, SignedFiles.LongestFile);
        }
        catch (Exception exception) when (SmallFile.IsFault(exception))
        {
            throw new ReleaseException(message(path, SmallFile.Reason(exception)), exception);
        }
    }
}
