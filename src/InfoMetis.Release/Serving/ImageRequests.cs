using System.Diagnostics.CodeAnalysis;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace InfoMetis.Release.Serving;

/// <summary>Answers what the distribution specification calls pull and content discovery; whatever would write is refused.</summary>
internal sealed class ImageRequests(ServedImages images, Proofs proofs)
{
    private const string Json = "application/json";

    public Task AnswerAsync(Answer answer, HttpContext context)
    {
        if (!answer.IsHead && !HttpMethods.IsGet(context.Request.Method))
        {
            answer.Headers.Allow = "GET, HEAD";
            return answer.ErrorAsync(OciError.Unsupported, "this registry is only read from");
        }
        var path = RequestPath.Parse(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        return path.Asked switch
        {
            Asked.Nothing => answer.ErrorAsync(OciError.NameUnknown, "there is nothing at this path"),
            Asked.Base => answer.JsonAsync(
                200,
                Json,
                json =>
                {
                    json.WriteStartObject();
                    json.WriteEndObject();
                }
            ),
            Asked.Catalog => CatalogAsync(answer),
            _ when !path.HasName => answer.ErrorAsync(OciError.NameInvalid, "no repository can be called so"),
            Asked.Referrers => ReferrersAsync(answer, path.Reference),
            _ => InRepositoryAsync(answer, path),
        };
    }

    private Task InRepositoryAsync(Answer answer, RequestPath path)
    {
        var found = images.Find(path.Name, answer.Query("ns"));
        if (found is not [var repository])
            return answer.ErrorAsync(
                OciError.NameUnknown,
                found.Count == 0
                    ? "no such repository is served"
                    : $"several registries have it, so ask for one of: {string.Join(", ", found.Select(one => one.Name))}"
            );
        return path.Asked switch
        {
            Asked.Tags => ListAsync(answer, path.Name, "tags", repository.Tags),
            Asked.Manifest => ManifestAsync(answer, repository, path.Reference),
            _ => BlobAsync(answer, repository, path.Reference),
        };
    }

    private async Task ManifestAsync(Answer answer, ServedRepository repository, string reference)
    {
        if (reference.Contains(':', StringComparison.Ordinal) && !IsDigest(reference, out _, out var reason))
            await answer.ErrorAsync(OciError.DigestInvalid, reason);
        else if (!repository.TryFind(reference, out var manifest))
            await answer.ErrorAsync(OciError.ManifestUnknown, $"{repository.Name} has no such manifest here");
        else
            await new ContentAnswer(answer, manifest, proofs).WholeAsync(manifest.Descriptor.MediaType);
    }

    private async Task BlobAsync(Answer answer, ServedRepository repository, string reference)
    {
        if (!IsDigest(reference, out var digest, out var reason))
        {
            await answer.ErrorAsync(OciError.DigestInvalid, reason);
            return;
        }
        if (repository.Blob(digest) is not { } blob)
        {
            await answer.ErrorAsync(OciError.BlobUnknown, $"{repository.Name} has no such blob here");
            return;
        }
        answer.Headers.AcceptRanges = "bytes";
        // A range is defined for GET alone.
        var asked = answer.IsHead ? null : ByteRange.Parse(answer.Request.Headers.Range, blob.Size);
        var content = new ContentAnswer(answer, blob, proofs);
        if (asked is not { } range)
        {
            await content.WholeAsync(MediaTypes.AnyContent);
        }
        else if (range == ByteRange.Unsatisfiable)
        {
            answer.Headers.ContentRange = $"bytes */{blob.Size}";
            await answer.ErrorAsync(OciError.RangeInvalid, $"the blob has {blob.Size} bytes");
        }
        else
        {
            await content.PartAsync(MediaTypes.AnyContent, range);
        }
    }

    /// <summary>What refers to an image travels with it, inside its index; nothing else is known here.</summary>
    private static Task ReferrersAsync(Answer answer, string reference)
    {
        if (!IsDigest(reference, out _, out var reason))
            return answer.ErrorAsync(OciError.DigestInvalid, reason);
        if (answer.Query("artifactType") is not null)
            answer.Headers["OCI-Filters-Applied"] = "artifactType";
        return answer.JsonAsync(
            200,
            MediaTypes.OciIndex,
            json =>
            {
                json.WriteStartObject();
                json.WriteNumber("schemaVersion", 2);
                json.WriteString("mediaType", MediaTypes.OciIndex);
                json.WriteStartArray("manifests");
                json.WriteEndArray();
                json.WriteEndObject();
            }
        );
    }

    private Task CatalogAsync(Answer answer) =>
        ListAsync(answer, name: null, "repositories", images.Names(answer.Query("ns")));

    private static async Task ListAsync(Answer answer, string? name, string key, IEnumerable<string> all)
    {
        if (Page.Of(all, answer.Query("n"), answer.Query("last")) is not { } page)
        {
            await answer.ErrorAsync(OciError.PageInvalid, "n is a number of items");
            return;
        }
        if (page.Next is { } last)
            answer.Headers.Link = $"<{Next(answer, last)}>; rel=\"next\"";
        await answer.JsonAsync(
            200,
            Json,
            json =>
            {
                json.WriteStartObject();
                if (name is not null)
                    json.WriteString("name", name);
                json.WriteStartArray(key);
                foreach (var item in page.Items)
                    json.WriteStringValue(item);
                json.WriteEndArray();
                json.WriteEndObject();
            }
        );
    }

    private static string Next(Answer answer, string last)
    {
        var registry = answer.Query("ns") is { } ns ? $"&ns={Uri.EscapeDataString(ns)}" : "";
        return $"{answer.Request.Path}?n={answer.Query("n")}&last={Uri.EscapeDataString(last)}{registry}";
    }

    private static bool IsDigest(string text, out Digest digest, [NotNullWhen(false)] out string? reason) =>
        Digest.TryParse(text, out digest, out reason);
}
