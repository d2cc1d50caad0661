using FsCheck;
using FsCheck.Fluent;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Store;

namespace InfoMetis.Release.Tests.Store;

public sealed class A_blob_on_its_way_in : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void Is_stored_the_same_however_it_is_split() =>
        Prop.ForAll<byte[], int[]>(
                (bytes, pieces) =>
                {
                    var sample = Sample.Of(bytes);
                    using var store = Open();
                    using var content = new PiecemealStream(bytes, [.. pieces.Select(p => Math.Abs(p % 64))]);
                    store.PushAsync(sample.Descriptor, content, default).Wait();
                    return File.ReadAllBytes(Blob(sample)).SequenceEqual(bytes);
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public async Task Goes_on_from_every_offset_at_which_it_was_abandoned()
    {
        var sample = Sample.Random(60, seed: 5);
        for (var cut = 0; cut <= sample.Bytes.Length; cut++)
        {
            using var folder = new TempFolder();
            await AbandonAsync(folder, sample, sample.Bytes[..cut]);
            using var store = Open(folder);
            using var ingest = await store.OpenIngestAsync(sample.Descriptor, default);
            ingest.Offset.ShouldBe(cut);
            await ingest.FillAsync(MemorySource.Of(sample), default);
            (await File.ReadAllBytesAsync(Blob(folder, sample))).ShouldBe(sample.Bytes);
            Directory.GetFiles(folder.File("ingest"), "sha256-*").ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Keeps_what_came_when_the_source_ends_early_and_goes_on_in_place()
    {
        var sample = Sample.Random(100_000, seed: 6);
        using var store = Open();
        using var ingest = await store.OpenIngestAsync(sample.Descriptor, default);
        using var half = new MemoryStream(sample.Bytes[..60_000]);
        (await FailsAsync(() => ingest.ReceiveAsync(half, default))).ShouldBe(Codes.ContentShort);
        ingest.Offset.ShouldBe(60_000);
        File.Exists(Blob(sample)).ShouldBeFalse();
        using var rest = new MemoryStream(sample.Bytes[60_000..]);
        await ingest.ReceiveAsync(rest, default);
        ingest.IsComplete.ShouldBeTrue();
        (await File.ReadAllBytesAsync(Blob(sample))).ShouldBe(sample.Bytes);
    }

    [Fact]
    public async Task Lets_a_failure_of_the_source_through_as_it_is_and_keeps_what_came()
    {
        var sample = Sample.Random(1000, seed: 7);
        using var store = Open();
        using var ingest = await store.OpenIngestAsync(sample.Descriptor, default);
        using var reset = new PiecemealStream(sample.Bytes[..400], [100], new IOException("connection reset"));
        await Should.ThrowAsync<IOException>(() => ingest.ReceiveAsync(reset, default));
        ingest.Offset.ShouldBe(400);
    }

    [Fact]
    public async Task Is_refused_and_forgotten_where_it_is_wrong()
    {
        var sample = Sample.Random(5000, seed: 8);
        var wrong = sample.Bytes.ToArray();
        wrong[2500] ^= 1;
        using var store = Open();
        foreach (
            var (bytes, code) in new[]
            {
                (wrong, Codes.ContentWrongDigest),
                ([.. sample.Bytes, 0], Codes.ContentTooLong),
            }
        )
        {
            using var ingest = await store.OpenIngestAsync(sample.Descriptor, default);
            using var content = new MemoryStream(bytes);
            (await FailsAsync(() => ingest.ReceiveAsync(content, default))).ShouldBe(code);
            ingest.Offset.ShouldBe(0);
            new FileInfo(Partial(sample)).Length.ShouldBe(0);
            File.Exists(Blob(sample)).ShouldBeFalse();
        }
    }

    [Fact]
    public async Task Is_asked_for_once_where_the_source_is_wrong_from_the_first_byte()
    {
        var sample = Sample.Random(100, seed: 9);
        var source = new MemorySource((_, _) => Sample.Random(100, seed: 10).Stream());
        using var store = Open();
        using var ingest = await store.OpenIngestAsync(sample.Descriptor, default);
        (await FailsAsync(() => ingest.FillAsync(source, default))).ShouldBe(Codes.ContentWrongDigest);
        source.Fetches.ShouldBe(1);
    }

    [Fact]
    public async Task Is_fetched_whole_where_what_an_earlier_run_left_was_wrong()
    {
        var sample = Sample.Random(1000, seed: 11);
        await AbandonAsync(_folder, sample, new byte[500]);
        using var store = Open();
        using var ingest = await store.OpenIngestAsync(sample.Descriptor, default);
        ingest.Resumed.ShouldBe(500);
        var source = MemorySource.Of(sample);
        await ingest.FillAsync(source, default);
        source.Fetches.ShouldBe(2);
        (await File.ReadAllBytesAsync(Blob(sample))).ShouldBe(sample.Bytes);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(1001)]
    public async Task Starts_over_where_a_whole_partial_file_is_wrong(int length)
    {
        var sample = Sample.Random(1000, seed: 12);
        Directory.CreateDirectory(_folder.File("ingest"));
        await File.WriteAllBytesAsync(Partial(sample), new byte[length]);
        using var store = Open();
        using var ingest = await store.OpenIngestAsync(sample.Descriptor, default);
        (ingest.Offset, ingest.Resumed).ShouldBe((0, 0));
        await ingest.ReceiveAsync(sample.Stream(), default);
        (await File.ReadAllBytesAsync(Blob(sample))).ShouldBe(sample.Bytes);
    }

    [Fact]
    public async Task Is_complete_at_once_where_only_the_rename_was_missing()
    {
        var sample = Sample.Random(1000, seed: 13);
        Directory.CreateDirectory(_folder.File("ingest"));
        await File.WriteAllBytesAsync(Partial(sample), sample.Bytes);
        using var store = Open();
        using var ingest = await store.OpenIngestAsync(sample.Descriptor, default);
        ingest.IsComplete.ShouldBeTrue();
        (await store.ExistsAsync(sample.Descriptor, default)).ShouldBeTrue();
    }

    [Fact]
    public async Task Ends_read_only()
    {
        var sample = Sample.Of("content");
        using var store = Open();
        await store.PushAsync(sample.Descriptor, sample.Stream(), default);
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(Blob(sample))
                .ShouldBe(UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task AbandonAsync(TempFolder folder, Sample sample, byte[] came)
    {
        using var store = Open(folder);
        using var ingest = await store.OpenIngestAsync(sample.Descriptor, default);
        using var cut = new PiecemealStream(came, [], new IOException("killed"));
        await Should.ThrowAsync<IOException>(() => ingest.ReceiveAsync(cut, default));
    }

    private static async Task<string> FailsAsync(Func<Task> action) =>
        (await Should.ThrowAsync<ReleaseException>(action)).Finding.Code;

    private ContentStore Open() => Open(_folder);

    private static ContentStore Open(TempFolder folder) => ContentStore.At(folder.Path, TimeProvider.System);

    private string Blob(Sample sample) => Blob(_folder, sample);

    private static string Blob(TempFolder folder, Sample sample) => folder.File($"blobs/sha256/{sample.Digest.Hex}");

    private string Partial(Sample sample) => _folder.File($"ingest/sha256-{sample.Digest.Hex}.partial");
}
