using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Reports;

/// <summary>A digest where it is only to be told from others: seven digits, as git shows, keep a table within 80 columns.</summary>
public static class ShortDigest
{
    private const int ShownDigits = 7;

    public static string Of(Digest digest) => digest.Hex[..ShownDigits];

    public static string? Of(Digest? digest) => digest is { } known ? Of(known) : null;
}
