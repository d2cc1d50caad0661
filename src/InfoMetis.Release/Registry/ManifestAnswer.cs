using System.Security.Cryptography;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Registry;

/// <summary>Makes a manifest of an answer; its digest is computed, and every other claim of it must agree.</summary>
internal static class ManifestAnswer
{
    public const int Largest = 4 << 20;

    public static async Task<ResolvedManifest> ReadAsync(
        HttpResponseMessage response,
        string reference,
        Exchange exchange,
        CancellationToken cancellationToken
    )
    {
        var body =
            await BoundedBody.ReadAsync(response, Largest, cancellationToken)
            ?? throw new RegistryFault(e => Message.ManifestTooLarge(e, Largest), exchange);
        RefuseSchemaOne(response, exchange);
        var digest = Digest.Parse($"{Digest.Algorithm}:{Convert.ToHexStringLower(SHA256.HashData(body))}");
        foreach (var claimed in Claims(response, reference))
        {
            if (claimed != digest.ToString())
                throw new RegistryFault(e => Message.LyingDigest(e, claimed, digest.ToString()), exchange);
        }
        if (ManifestKind.IsSchemaOne(body))
            throw new RegistryFault(Message.SchemaOne, exchange);
        var type =
            ManifestKind.Of(response.Content.Headers.ContentType?.MediaType, body, out var reason)
            ?? throw new RegistryFault(e => Message.NotAManifest(e, reason), exchange);
        return new ResolvedManifest(new Descriptor(type, digest, body.Length), body);
    }

    public static void RefuseSchemaOne(HttpResponseMessage response, Exchange exchange)
    {
        if (ManifestKind.IsSchemaOne(response.Content.Headers.ContentType?.MediaType))
            throw new RegistryFault(Message.SchemaOne, exchange);
    }

    /// <summary>A header may speak of another algorithm, which cannot be compared and is no lie.</summary>
    private static IEnumerable<string> Claims(HttpResponseMessage response, string reference)
    {
        if (reference.Contains(':', StringComparison.Ordinal))
            yield return reference;
        if (
            response.Headers.NonValidated.TryGetValues("Docker-Content-Digest", out var values)
            && values.ToString() is var header
            && header.StartsWith($"{Digest.Algorithm}:", StringComparison.Ordinal)
        )
            yield return header;
    }
}
