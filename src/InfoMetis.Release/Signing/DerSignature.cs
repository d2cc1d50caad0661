using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;

namespace InfoMetis.Release.Signing;

/// <summary>The one form a signature is written in: base64 on one line, of a DER sequence of two numbers.</summary>
internal static class DerSignature
{
    public static bool TryDecode(string text, [NotNullWhen(true)] out byte[]? signature)
    {
        var bytes = new byte[text.Length];
        signature =
            Convert.TryFromBase64String(text, bytes, out var length)
            // The decoder passes over spaces and stray bits; what it reads must be what would be written.
            && Convert.ToBase64String(bytes, 0, length) == text
            && IsSequenceOfTwoNumbers(bytes.AsMemory(0, length))
                ? bytes[..length]
                : null;
        return signature is not null;
    }

    private static bool IsSequenceOfTwoNumbers(ReadOnlyMemory<byte> der)
    {
        try
        {
            var whole = new AsnReader(der, AsnEncodingRules.DER);
            var numbers = whole.ReadSequence();
            numbers.ReadInteger();
            numbers.ReadInteger();
            numbers.ThrowIfNotEmpty();
            whole.ThrowIfNotEmpty();
            return true;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }
}
