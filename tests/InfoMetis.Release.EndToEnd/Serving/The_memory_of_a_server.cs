using System.Buffers;
using System.Net.Http.Headers;
using InfoMetis.Release.EndToEnd.Pull;
using InfoMetis.Release.EndToEnd.Registries;

namespace InfoMetis.Release.EndToEnd.Serving;

/// <summary>
/// Counted by the kernel at its highest, while everything that is asked for is on its way at once: whoever kept what is served, or
/// what is asked for, would need twice the bound.
/// </summary>
public sealed class The_memory_of_a_server(The_memory_of_a_server.LargeImage large)
    : IClassFixture<The_memory_of_a_server.LargeImage>
{
    private const int Clients = 64;

    /// <summary>Measured: 94 to 106 MB, the published file 80 to 92; a server that kept what it was sending 2,400 MB.</summary>
    private const long Bound = 256_000_000;

    /// <summary>What the same work done again may add: 6 to 9 MB as measured, for a garbage collector takes its time.</summary>
    private const long Margin = 32_000_000;

    /// <summary>An image of half a gigabyte that does not compress, as a layout and as a bundle; made once for all tests.</summary>
    public sealed class LargeImage : IDisposable
    {
        private const int Layers = 22;
        private const int LayerSize = 24_000_000;
        private const string Unjudged = "IMR2001=a release of one image is not judged here";

        internal const string Host = "registry.example";
        internal const string Repository = "team/large";

        public LargeImage()
        {
            var maker = new ImageMaker(seed: 64, Dialect.Oci);
            var layers = Enumerable.Range(0, Layers).Select(_ => maker.Layer(LayerSize, Packing.None));
            Image = maker.Image("linux/amd64", [.. layers]);
            Layout = LaidOut.Write(Site, Image, $"{Host}/{Repository}:1.0");
        }

        internal Site Site { get; } = new();

        internal MadeImage Image { get; }

        internal string Layout { get; }

        internal async Task<string> BundleAsync()
        {
            var manifest = Site.Manifest(Host, (Repository, Image));
            string[] options = ["--from", $"oci:{Layout}", "--store", Site.Store.Folder, "--accept", Unjudged];
            var output = Site.Scratch.PathOf("out");
            var made = await Site.Imrel(["bundle", manifest, "--output", output, "--allow-unsigned", .. options])
                .ToEndAsync();
            made.ExitCode.ShouldBe(0, made.Output + made.Error);
            return Directory.GetDirectories(output).ShouldHaveSingleItem();
        }

        public void Dispose() => Site.Dispose();
    }

    [Theory]
    [InlineData("layout")]
    [InlineData("bundle")]
    public async Task Depends_neither_on_what_it_serves_nor_on_how_many_ask(string kind)
    {
        var path = kind == "layout" ? large.Layout : await large.BundleAsync();
        using var server = await ServeProcess.StartAsync(large.Site.Imrel("serve", path));
        using var http = new HttpClient();
        large.Image.Size().ShouldBeGreaterThan(2 * Bound);

        await AskAsync(http, server.Url);
        var first = PeakOf(server.Running.Id);
        await AskAsync(http, server.Url);
        var second = PeakOf(server.Running.Id);

        second.ShouldBeLessThan(Bound, $"{first} after the first round");
        second.ShouldBeLessThan(first + Margin);
    }

    /// <summary>Every client is being answered before the first of them reads on.</summary>
    private async Task AskAsync(HttpClient http, Uri url)
    {
        var random = new Random(Clients);
        var asked = Enumerable.Range(0, Clients).Select(_ => Part.Any(random, large.Image.Blobs)).ToList();
        asked.Sum(part => (long)part.Length).ShouldBeGreaterThan(2 * Bound);

        var answers = await Task.WhenAll(asked.Select(part => BeginAsync(http, url, part)));

        await Task.WhenAll(asked.Zip(answers).Select(pair => Task.Run(() => pair.First.ReadAsync(pair.Second))));
    }

    private static async Task<HttpResponseMessage> BeginAsync(HttpClient http, Uri url, Part part)
    {
        var target = new Uri(url, $"/v2/{LargeImage.Repository}/blobs/{part.Blob.Digest}");
        using var request = new HttpRequestMessage(HttpMethod.Get, target);
        request.Headers.Range = new RangeHeaderValue(part.From, part.From + part.Length - 1);
        var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        ((int)answer.StatusCode).ShouldBe(206);
        return answer;
    }

    private static long PeakOf(int process)
    {
        const string Key = "VmHWM:";
        var line = File.ReadLines($"/proc/{process}/status")
            .Single(line => line.StartsWith(Key, StringComparison.Ordinal));
        return long.Parse(line[Key.Length..].Replace("kB", "", StringComparison.Ordinal)) * 1024;
    }

    /// <summary>A part of a layer, a third of it or more.</summary>
    private sealed record Part(MadeBlob Blob, int From, int Length)
    {
        public static Part Any(Random random, IReadOnlyList<MadeBlob> blobs)
        {
            // The first is the configuration.
            var blob = blobs[random.Next(1, blobs.Count)];
            var length = random.Next(blob.Bytes.Length / 3, blob.Bytes.Length);
            return new Part(blob, random.Next(blob.Bytes.Length - length), length);
        }

        public async Task ReadAsync(HttpResponseMessage answer)
        {
            using var owned = answer;
            await using var body = await answer.Content.ReadAsStreamAsync();
            var buffer = ArrayPool<byte>.Shared.Rent(1 << 17);
            var at = From;
            while (await body.ReadAsync(buffer) is > 0 and var read)
            {
                Blob.Bytes.AsSpan(at, read)
                    .SequenceEqual(buffer.AsSpan(0, read))
                    .ShouldBeTrue($"{Blob.Digest} at {at}");
                at += read;
            }
            ArrayPool<byte>.Shared.Return(buffer);
            at.ShouldBe(From + Length);
        }
    }
}
