using System.Collections.Concurrent;
using System.Text.Json;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Tests.Registry;
using Microsoft.AspNetCore.Http;

namespace InfoMetis.Release.Tests.Push;

/// <summary>Lets a fake registry take content in, as registries do: blobs by an upload, manifests whose content is there.</summary>
internal sealed class UploadDesk
{
    private readonly FakeRegistry _registry;

    private UploadDesk(FakeRegistry registry) => _registry = registry;

    /// <summary>What was stored or linked, in order: a method, a repository and a reference.</summary>
    public ConcurrentQueue<string> Taken { get; } = new();

    /// <summary>Takes an index of which manifests are missing.</summary>
    public bool TakesSparse { get; set; } = true;

    /// <summary>Serves under manifests/ what was put there as a blob, as docker-registry does.</summary>
    public bool ServesBlobsAsManifests { get; set; }

    public bool Mounts { get; set; } = true;

    /// <summary>Runs after something was taken in, and may spoil it.</summary>
    public Action<string, string> After { get; set; } = (_, _) => { };

    public static UploadDesk At(FakeRegistry registry)
    {
        var desk = new UploadDesk(registry);
        registry.Guard = desk.AnswerAsync;
        return desk;
    }

    public IReadOnlyList<string> Of(string method) =>
        [.. Taken.Where(one => one.StartsWith($"{method} ", StringComparison.Ordinal))];

    private async Task<bool> AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!["/v2/".Length..];
        if (context.Request.Method == "POST")
            Begin(context, path[..path.IndexOf("/blobs/", StringComparison.Ordinal)]);
        else if (context.Request.Method == "PUT" && path.Contains("/blobs/uploads/", StringComparison.Ordinal))
            await StoreBlobAsync(context, path[..path.IndexOf("/blobs/", StringComparison.Ordinal)]);
        else if (context.Request.Method == "PUT")
            await StoreManifestAsync(context, path.Split("/manifests/"));
        else
            return true;
        return false;
    }

    private void Begin(HttpContext context, string repository)
    {
        var (digest, from) = (context.Request.Query["mount"].ToString(), context.Request.Query["from"].ToString());
        if (Mounts && _registry.Find($"/v2/{from}/blobs/{digest}") is { } held)
        {
            Add("mount", repository, held.Bytes.ToArray(), digest);
            context.Response.StatusCode = 201;
            return;
        }
        context.Response.StatusCode = 202;
        context.Response.Headers.Location = $"/v2/{repository}/blobs/uploads/7?_state=a%3D%3D";
    }

    private async Task StoreBlobAsync(HttpContext context, string repository)
    {
        var bytes = await BytesAsync(context);
        var digest = context.Request.Query["digest"].ToString();
        context.Request.Query["_state"].ToString().ShouldBe("a==");
        if (Digest.Of(bytes).ToString() != digest)
        {
            await Nasty.Status(400, "DIGEST_INVALID")(context);
            return;
        }
        Add("blob", repository, bytes, digest);
        if (ServesBlobsAsManifests && bytes.AsSpan().IndexOf("\"manifests\""u8) >= 0)
            _registry.Add(repository, bytes, MediaTypes.OciIndex);
        context.Response.StatusCode = 201;
    }

    private async Task StoreManifestAsync(HttpContext context, string[] parts)
    {
        var bytes = await BytesAsync(context);
        if (Children(bytes).FirstOrDefault(child => !IsThere(parts[0], child)) is not null)
        {
            await Nasty.Status(400, "MANIFEST_BLOB_UNKNOWN")(context);
            return;
        }
        var tags = Digest.TryParse(parts[1], out _) ? Array.Empty<string>() : [parts[1]];
        Taken.Enqueue($"manifest {parts[0]} {parts[1]}");
        _registry.Add(parts[0], bytes, context.Request.ContentType!, tags);
        context.Response.StatusCode = 201;
        After(parts[0], parts[1]);
    }

    private void Add(string method, string repository, byte[] bytes, string digest)
    {
        Taken.Enqueue($"{method} {repository} {digest}");
        _registry.Add(repository, bytes, MediaTypes.AnyContent);
        After(repository, digest);
    }

    private bool IsThere(string repository, string digest) =>
        _registry.Find($"/v2/{repository}/blobs/{digest}") is not null
        || _registry.Find($"/v2/{repository}/manifests/{digest}") is not null;

    private List<string> Children(byte[] manifest)
    {
        using var document = JsonDocument.Parse(manifest);
        var root = document.RootElement;
        if (root.TryGetProperty("manifests", out var manifests))
            return TakesSparse ? [] : [.. manifests.EnumerateArray().Select(DigestOf)];
        return [.. root.GetProperty("layers").EnumerateArray().Append(root.GetProperty("config")).Select(DigestOf)];
    }

    private static string DigestOf(JsonElement descriptor) => descriptor.GetProperty("digest").GetString()!;

    private static async Task<byte[]> BytesAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        return body.ToArray();
    }
}
