using System.Security.Cryptography;
using System.Text;
using InfoMetis.Release.Disk;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Signing;

/// <summary>The one key that a PEM file holds: what its first line calls it, and its DER.</summary>
internal sealed record KeyFile(string Path, string Label, byte[] Der)
{
    private const int LongestFile = 64 * 1024;
    private const string CurveBesideKey = "EC PARAMETERS";

    /// <exception cref="ReleaseException">There is no file to be read, or it holds not exactly one key.</exception>
    public static KeyFile Read(string path)
    {
        var text = Encoding.UTF8.GetString(Content(path));
        var blocks = Blocks(text).Where(block => block.Label is not CurveBesideKey).ToList();
        return blocks.Count switch
        {
            1 => new KeyFile(path, blocks[0].Label, blocks[0].Der),
            > 1 => throw Refused(path, "it holds more than one key, and one a file is expected"),
            _ when text.Contains("Proc-Type: 4,ENCRYPTED", StringComparison.Ordinal) => throw Refused(
                path,
                "it is encrypted in a way that openssl has given up, with a weak derivation from its passphrase"
            ),
            _ => throw Refused(path, "it holds no key in PEM, from '-----BEGIN' to '-----END'"),
        };
    }

    public ReleaseException Refused(string reason) => Refused(Path, reason);

    private static ReleaseException Refused(string path, string reason) => new(Message.KeyRefused(path, reason));

    private static byte[] Content(string path)
    {
        try
        {
            return SmallFile.Read(path, LongestFile);
        }
        catch (Exception exception) when (SmallFile.IsFault(exception))
        {
            throw new ReleaseException(Message.KeyUnreadable(path, SmallFile.Reason(exception)), exception);
        }
    }

    private static List<(string Label, byte[] Der)> Blocks(string text)
    {
        var blocks = new List<(string, byte[])>();
        var rest = text.AsSpan();
        while (PemEncoding.TryFind(rest, out var found))
        {
            var der = new byte[found.DecodedDataLength];
            if (Convert.TryFromBase64Chars(rest[found.Base64Data], der, out var length) && length == der.Length)
                blocks.Add((rest[found.Label].ToString(), der));
            rest = rest[found.Location.End..];
        }
        return blocks;
    }
}
