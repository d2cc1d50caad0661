using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace InfoMetis.Release.Oci;

/// <summary>
/// The SHA-256 of some content, as <c>sha256:</c> and 64 lower-case hexadecimal digits. It names files on disk,
/// so nothing but that exact form ever becomes a digest.
/// </summary>
public readonly record struct Digest
{
    public const string Algorithm = "sha256";

    private const int HexLength = 64;

    private readonly string? _hex;

    private Digest(string hex) => _hex = hex;

    public string Hex => _hex ?? throw new InvalidOperationException("a digest that was never parsed");

    public static Digest Of(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, hash);
        return new Digest(Convert.ToHexStringLower(hash));
    }

    /// <summary>The digest of what a hash has taken in; the hash starts over.</summary>
    public static Digest Of(IncrementalHash content)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        content.GetHashAndReset(hash);
        return new Digest(Convert.ToHexStringLower(hash));
    }

    public static Digest Parse(string text) =>
        TryParse(text, out var digest, out var reason) ? digest : throw new FormatException($"'{text}': {reason}");

    public static bool TryParse([NotNullWhen(true)] string? text, out Digest digest) =>
        TryParse(text, out digest, out _);

    /// <summary>Parses, and where that fails says why in words that complete "is not a digest: …".</summary>
    public static bool TryParse(
        [NotNullWhen(true)] string? text,
        out Digest digest,
        [NotNullWhen(false)] out string? reason
    )
    {
        digest = default;
        reason = Objection(text);
        if (reason is not null)
            return false;
        digest = new Digest(text![(Algorithm.Length + 1)..]);
        return true;
    }

    public override string ToString() => $"{Algorithm}:{Hex}";

    private static string? Objection(string? text)
    {
        var colon = text?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        if (colon < 0)
            return "it names no algorithm";
        if (text!.AsSpan(0, colon) is not Algorithm)
            return "only sha256 is used here";
        var hex = text.AsSpan(colon + 1);
        if (hex.Length != HexLength)
            return $"{hex.Length} digits where {HexLength} are needed";
        if (hex.IndexOfAnyInRange('A', 'F') >= 0)
            return "the digits must be lower case";
        foreach (var character in hex)
        {
            if (!char.IsAsciiHexDigitLower(character))
                return "a character is no hexadecimal digit";
        }
        return null;
    }
}
