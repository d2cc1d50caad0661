using System.Formats.Asn1;

namespace InfoMetis.Release.Signing;

/// <summary>
/// Tells what kind of key some DER holds, before any of it is used. The answers complete "it is …"; null is the answer
/// for the one kind that is used here.
/// </summary>
internal static class KeyKind
{
    private const string EllipticCurve = "1.2.840.10045.2.1";
    private const string P256 = "1.2.840.10045.3.1.7";

    private static readonly Asn1Tag Curve = new(TagClass.ContextSpecific, 0, isConstructed: true);

    /// <summary>SubjectPublicKeyInfo: the algorithm, then the key.</summary>
    public static string? OfPublic(byte[] der) => Of(der, OfAlgorithm);

    /// <summary>PrivateKeyInfo: a version, the algorithm, then the key.</summary>
    public static string? OfPkcs8(byte[] der) =>
        Of(
            der,
            info =>
            {
                info.ReadInteger();
                return OfAlgorithm(info);
            }
        );

    /// <summary>ECPrivateKey: a version, the key, then its curve.</summary>
    public static string? OfSec1(byte[] der) =>
        Of(
            der,
            info =>
            {
                info.ReadInteger();
                info.ReadOctetString();
                return info.HasData && info.PeekTag().HasSameClassAndValue(Curve)
                    ? OfCurve(info.ReadSequence(Curve))
                    : "a key that does not name its curve";
            }
        );

    private static string? Of(byte[] der, Func<AsnReader, string?> read)
    {
        try
        {
            return read(new AsnReader(der, AsnEncodingRules.DER).ReadSequence());
        }
        catch (AsnContentException)
        {
            return "damaged";
        }
    }

    private static string? OfAlgorithm(AsnReader info)
    {
        var algorithm = info.ReadSequence();
        return algorithm.ReadObjectIdentifier() switch
        {
            EllipticCurve => OfCurve(algorithm),
            "1.2.840.113549.1.1.1" or "1.2.840.113549.1.1.10" => "an RSA key",
            "1.2.840.10040.4.1" => "a DSA key",
            "1.3.101.112" => "an Ed25519 key",
            "1.3.101.113" => "an Ed448 key",
            "1.3.101.110" or "1.3.101.111" => "a key for key exchange",
            var other => $"a key of the kind {other}",
        };
    }

    private static string? OfCurve(AsnReader parameters)
    {
        if (!parameters.HasData || parameters.PeekTag() != Asn1Tag.ObjectIdentifier)
            return "a key that describes its curve instead of naming it";
        return parameters.ReadObjectIdentifier() switch
        {
            P256 => null,
            "1.3.132.0.34" => "a key on the curve P-384",
            "1.3.132.0.35" => "a key on the curve P-521",
            "1.3.132.0.10" => "a key on the curve secp256k1",
            var other => $"a key on the curve {other}",
        };
    }
}
