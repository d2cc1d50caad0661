using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Signing;

/// <summary>
/// The text of SHA256SUMS.sig: one signature a line, its DER in base64, each line ended by a line feed. Nothing else is
/// read, so that no shell script can read the same file otherwise.
/// </summary>
public sealed record SignatureFile(IReadOnlyList<byte[]> Signatures)
{
    private const int MostSignatures = 64;

    /// <summary>The signatures, or null with a finding for each line that is none.</summary>
    public static SignatureFile? Parse(string text, string path, ICollection<Finding> findings)
    {
        var before = findings.Count;
        var signatures = new List<byte[]>();
        var lines = text.Split('\n');
        if (lines[^1].Length > 0 || lines.Length == 1)
            findings.Add(
                Message.SignatureFileMalformed(path, lines.Length, "its last line is not ended by a line feed")
            );
        else if (lines.Length - 1 > MostSignatures)
            findings.Add(
                Message.SignatureFileMalformed(path, MostSignatures + 1, "more signatures than anybody needs")
            );
        else
        {
            for (var at = 0; at < lines.Length - 1; at++)
            {
                if (DerSignature.TryDecode(lines[at], out var signature))
                    signatures.Add(signature);
                else
                    findings.Add(
                        Message.SignatureFileMalformed(path, at + 1, "it is no signature in base64 on one line")
                    );
            }
        }
        return findings.Count == before ? new SignatureFile(signatures) : null;
    }

    public SignatureFile With(byte[] signature) => new([.. Signatures, signature]);

    public bool Holds(ReadOnlyMemory<byte> signature) =>
        Signatures.Any(one => one.AsSpan().SequenceEqual(signature.Span));

    /// <summary>The text of the file.</summary>
    public override string ToString() =>
        string.Concat(Signatures.Select(signature => Convert.ToBase64String(signature) + '\n'));
}
