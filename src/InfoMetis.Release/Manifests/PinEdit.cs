using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Yaml;

namespace InfoMetis.Release.Manifests;

/// <summary>The digest that an image of a manifest is to be pinned to.</summary>
public sealed record PinEdit(ReleaseImage Image, Digest Digest)
{
    /// <summary>
    /// The text of the manifest with the digests in it. Every character outside of a digest stays as it is; what cannot be
    /// changed so is reported and left.
    /// </summary>
    public static string Apply(string text, IEnumerable<PinEdit> edits, ICollection<Finding> findings)
    {
        var digests = new SortedDictionary<int, (int Length, Digest Digest)>();
        foreach (var edit in edits)
        {
            if (edit.Image.Reference.Digest == edit.Digest)
                continue;
            if (edit.Written(text) is { } written)
                digests.Add(written.End, (written.DigestLength, edit.Digest));
            else
                findings.Add(edit.Refusal());
        }
        var edited = new System.Text.StringBuilder(text.Length);
        var copied = 0;
        foreach (var (end, (length, digest)) in digests)
        {
            edited.Append(text, copied, end - length - copied).Append('@').Append(digest);
            copied = end;
        }
        return edited.Append(text, copied, text.Length - copied).ToString();
    }

    private Finding Refusal() =>
        Message.PinNotEditable(Image.Place, Image.Name, Image.Reference.WithDigest(Digest).ToString());

    /// <summary>Where the reference ends, and how much of it before that is a digest; null where it is not written as it reads.</summary>
    private (int End, int DigestLength)? Written(string text)
    {
        var start = Characters.PositionOf(text, Image.Place);
        if (start < 0 || start == text.Length)
            return null;
        var quote = text[start];
        if (quote is '\'' or '"')
            start++;
        var rest = text.AsSpan(start);
        var length = quote is '\'' or '"' ? rest.IndexOf(quote) : LengthOfPlain(rest);
        if (
            length < 0
            || !ImageReference.TryParse(rest[..length].ToString(), out var found)
            || found != Image.Reference
        )
            return null;
        var at = rest[..length].IndexOf('@');
        return (start + length, at < 0 ? 0 : length - at);
    }

    private static int LengthOfPlain(ReadOnlySpan<char> rest)
    {
        var length = 0;
        while (
            length < rest.Length
            && (char.IsAsciiLetterOrDigit(rest[length]) || rest[length] is '.' or '_' or '-' or ':' or '/' or '@')
        )
            length++;
        return length;
    }
}
