using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Signing;

/// <summary>
/// The content of SHA256SUMS.sigstore.json: a signature of SHA256SUMS as a Sigstore bundle, version 0.3, made with a
/// key and entered in no log. That is what <c>cosign verify-blob --bundle</c> reads.
/// </summary>
/// <param name="Content">The digest of what is signed.</param>
public sealed record SigstoreBundle(Digest Content, ReadOnlyMemory<byte> Signature)
{
    private const string MediaType = "application/vnd.dev.sigstore.bundle.v0.3+json";
    private const string Algorithm = "SHA2_256";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    // The file is read by machines and people, never by a browser: a plus in base64 stays a plus.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads, and where that fails says why, in words that go on after a colon.</summary>
    public static bool TryParse(
        string json,
        [NotNullWhen(true)] out SigstoreBundle? bundle,
        [NotNullWhen(false)] out string? reason
    )
    {
        bundle = null;
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            reason = Read(document.RootElement, out bundle);
        }
        // The latter two for half a surrogate pair, escaped or as it is.
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            reason = exception.Message;
        }
        return reason is null;
    }

    /// <param name="signer">Whose fingerprint is written as the hint that cosign writes; a reader relies on no hint.</param>
    public string Print(PublicKey signer)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output, Plain))
        {
            json.WriteStartObject();
            json.WriteString("mediaType", MediaType);
            json.WriteStartObject("verificationMaterial");
            json.WriteStartObject("publicKey");
            json.WriteString("hint", Base64(signer.Fingerprint));
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteStartObject("messageSignature");
            json.WriteStartObject("messageDigest");
            json.WriteString("algorithm", Algorithm);
            json.WriteString("digest", Base64(Content));
            json.WriteEndObject();
            json.WriteBase64String("signature", Signature.Span);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(output.WrittenSpan) + '\n';
    }

    private static string? Read(JsonElement root, out SigstoreBundle? bundle)
    {
        bundle = null;
        if (Text(root, "mediaType") is not MediaType)
            return $"its media type is not {MediaType}";
        if (Text(root, "messageSignature", "messageDigest", "algorithm") is not Algorithm)
            return $"its digest is not of the algorithm {Algorithm}";
        if (!TryDigest(Text(root, "messageSignature", "messageDigest", "digest"), out var content))
            return "it holds no digest in base64";
        if (!DerSignature.TryDecode(Text(root, "messageSignature", "signature") ?? "", out var signature))
            return "it holds no signature in base64";
        bundle = new SigstoreBundle(content, signature);
        return null;
    }

    private static string Base64(Digest digest) => Convert.ToBase64String(Convert.FromHexString(digest.Hex));

    private static bool TryDigest(string? base64, out Digest digest)
    {
        digest = default;
        var bytes = new byte[base64?.Length ?? 0];
        return base64 is not null
            && Convert.TryFromBase64String(base64, bytes, out var length)
            && Digest.TryParse($"{Digest.Algorithm}:{Convert.ToHexStringLower(bytes.AsSpan(0, length))}", out digest);
    }

    private static string? Text(JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var key in path)
        {
            if (element.ValueKind is not JsonValueKind.Object || !element.TryGetProperty(key, out element))
                return null;
        }
        return element.ValueKind is JsonValueKind.String ? element.GetString() : null;
    }
}
