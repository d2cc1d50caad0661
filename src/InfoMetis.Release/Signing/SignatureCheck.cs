using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Signing;

/// <summary>Says whether SHA256SUMS is signed as a verifier asks. It opens no file and trusts nothing it is handed.</summary>
public sealed class SignatureCheck
{
    private readonly SignedSums _sums;
    private readonly SignaturePolicy _policy;
    private readonly List<Finding> _findings = [];

    private SignatureCheck(SignedSums sums, SignaturePolicy policy)
    {
        _sums = sums;
        _policy = policy;
    }

    public static SignatureVerdict Of(SignedSums sums, SignaturePolicy policy)
    {
        var check = new SignatureCheck(sums, policy);
        var signed = check.Run();
        return new SignatureVerdict(check._findings, [.. signed.Select(key => key.Fingerprint)]);
    }

    private List<PublicKey> Run()
    {
        SignatureFile? file = null;
        if (_sums.Signatures is { } text)
            file = SignatureFile.Parse(text, _sums.SignaturesPath, _findings);
        else
            SayUnsigned();
        if (_sums.Sigstore is { } sigstore)
            Compare(sigstore, file);
        if (_policy.Trusted.Keys.Count == 0)
            SayNobodyTrusted(file);
        else if (file is not null)
            return Judge(file);
        return [];
    }

    private void SayUnsigned() =>
        _findings.Add(
            _policy.AllowUnsigned
                ? Message.UnsignedAllowed(_sums.SumsPath, "nobody signed it")
                : Message.SignatureMissing(_sums.SumsPath)
        );

    private void SayNobodyTrusted(SignatureFile? file)
    {
        if (!_policy.AllowUnsigned)
            _findings.Add(Message.NoTrustedKey(_sums.SumsPath));
        else if (file is not null)
            _findings.Add(Message.UnsignedAllowed(_sums.SumsPath, "no key is trusted that could tell who signed it"));
    }

    /// <summary>The Sigstore bundle says nothing of its own: it repeats one of the signatures, or it is wrong.</summary>
    private void Compare(string sigstore, SignatureFile? file)
    {
        var reason =
            !SigstoreBundle.TryParse(sigstore, out var bundle, out var objection) ? objection
            : bundle.Content != Digest.Of(_sums.Content.Span) ? $"it is for content with the digest {bundle.Content}"
            : _sums.Signatures is null || file?.Holds(bundle.Signature) is false
                ? $"its signature is not in {SignedFiles.Signatures}"
            : null;
        if (reason is not null)
            _findings.Add(Message.SigstoreDisagrees(_sums.SigstorePath, reason));
    }

    private List<PublicKey> Judge(SignatureFile file)
    {
        var signers = file.Signatures.Select(SignerOf).ToList();
        var signed = signers.OfType<PublicKey>().DistinctBy(key => key.Fingerprint).ToList();
        if (signed.Count == 0)
        {
            _findings.Add(
                Message.SignatureWrong(_sums.SignaturesPath, signers.Count, Fingerprints(_policy.Trusted.Keys))
            );
            return signed;
        }
        for (var at = 0; at < signers.Count; at++)
        {
            if (signers[at] is null)
                _findings.Add(Message.SignerNotTrusted(_sums.SignaturesPath, at + 1));
        }
        if (signed.Count < _policy.Required)
            _findings.Add(
                Message.TooFewSignatures(_sums.SignaturesPath, signed.Count, _policy.Required, Fingerprints(signed))
            );
        return signed;
    }

    private PublicKey? SignerOf(byte[] signature) =>
        _policy.Trusted.Keys.FirstOrDefault(key => key.Verifies(_sums.Content.Span, signature));

    private static string Fingerprints(IEnumerable<PublicKey> keys) =>
        string.Join(", ", keys.Select(key => key.Fingerprint));
}
