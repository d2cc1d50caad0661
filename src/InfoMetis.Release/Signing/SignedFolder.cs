using System.Text;
using InfoMetis.Release.Disk;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Signing;

/// <summary>Signs the SHA256SUMS of a folder, beside whoever signed it before.</summary>
public static class SignedFolder
{
    /// <returns>How many signatures there are now.</returns>
    /// <exception cref="ReleaseException">There is nothing that should be signed, or this key signed it already.</exception>
    public static int Sign(string folder, SigningKey key)
    {
        var sums = SignedSums.In(folder);
        RefuseUnfit(sums);
        var before = Before(sums);
        var own = before.Signatures.FirstOrDefault(one => key.Public.Verifies(sums.Content.Span, one));
        if (own is not null && sums.Sigstore is not null)
            throw new ReleaseException(Message.SignedAlready(sums.SignaturesPath, $"{key.Public.Fingerprint}"));
        var signature = own ?? key.Sign(sums.Content.Span);
        var after = own is null ? before.With(signature) : before;
        // In this order: cut short after the first file, it is a signed folder, and signing again adds the second.
        Write(sums.SignaturesPath, after.ToString());
        if (sums.Sigstore is null)
            Write(sums.SigstorePath, new SigstoreBundle(Digest.Of(sums.Content.Span), signature).Print(key.Public));
        return after.Signatures.Count;
    }

    private static void RefuseUnfit(SignedSums sums)
    {
        if (!ChecksumList.TryParse(Encoding.UTF8.GetString(sums.Content.Span), out _, out var reason))
            throw new ReleaseException(Message.SumsUnfit(sums.SumsPath, reason));
    }

    /// <summary>The signatures of others; a second one does not make good what is wrong with the first.</summary>
    private static SignatureFile Before(SignedSums sums)
    {
        var policy = new SignaturePolicy { Trusted = TrustedKeys.None, AllowUnsigned = true };
        var errors = SignatureCheck
            .Of(sums, policy)
            .Findings.Where(finding => finding.Severity is Severity.Error)
            .ToList();
        if (errors.Count > 0)
            throw new ReleaseException(errors);
        return sums.Signatures is { } text
            ? SignatureFile.Parse(text, sums.SignaturesPath, errors)!
            : new SignatureFile([]);
    }

    private static void Write(string path, string text)
    {
        var content = Encoding.ASCII.GetBytes(text);
        try
        {
            Durable.Replace(Path.GetFullPath(path), content);
        }
        catch (Exception exception) when (Fault.IsOfTheDisk(exception))
        {
            throw Fault.Of(exception, path, content.Length);
        }
    }
}
