using InfoMetis.Release.Disk;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Store;

namespace InfoMetis.Release.Tests.Store;

/// <summary>Two stores on one folder lock each other out as two processes do: the lock belongs to the open file.</summary>
public sealed class A_store_shared_by_many : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task Fetches_each_blob_once()
    {
        var samples = Enumerable.Range(0, 16).Select(i => Sample.Random(10_000 + i, seed: 100 + i)).ToArray();
        var source = MemorySource.Of(samples);
        using var one = Open();
        using var two = Open();
        await Task.WhenAll(
            Enumerable
                .Range(0, 64)
                .Select(i => Task.Run(() => FillAsync(i % 2 == 0 ? one : two, samples[i % 16], source)))
        );
        source.Fetches.ShouldBe(16);
        foreach (var sample in samples)
            (await File.ReadAllBytesAsync(_folder.File($"blobs/sha256/{sample.Digest.Hex}"))).ShouldBe(sample.Bytes);
        Directory.GetFiles(_folder.File("ingest"), "sha256-*").ShouldBeEmpty();
    }

    [Fact]
    public async Task Makes_the_second_wait_and_find_the_blob()
    {
        var sample = Sample.Random(1000, seed: 1);
        using var one = Open();
        using var two = Open();
        Task<Ingest> second;
        using (var first = await one.OpenIngestAsync(sample.Descriptor, default))
        {
            second = two.OpenIngestAsync(sample.Descriptor, default);
            second.IsCompleted.ShouldBeFalse();
            await first.ReceiveAsync(sample.Stream(), default);
        }
        using var found = await second;
        found.IsComplete.ShouldBeTrue();
    }

    [Fact]
    public async Task Lets_the_second_go_on_where_the_first_gave_up()
    {
        var sample = Sample.Random(1000, seed: 2);
        using var one = Open();
        using var two = Open();
        Task<Ingest> second;
        using (var first = await one.OpenIngestAsync(sample.Descriptor, default))
        {
            using var half = new MemoryStream(sample.Bytes[..500]);
            await Should.ThrowAsync<ReleaseException>(() => first.ReceiveAsync(half, default));
            second = two.OpenIngestAsync(sample.Descriptor, default);
        }
        using var ingest = await second;
        ingest.Offset.ShouldBe(500);
    }

    [Fact]
    public async Task Stops_waiting_when_told_to()
    {
        var sample = Sample.Random(1000, seed: 3);
        using var one = Open();
        using var two = Open();
        using var held = await one.OpenIngestAsync(sample.Descriptor, default);
        using var stop = new CancellationTokenSource();
        var waiting = two.OpenIngestAsync(sample.Descriptor, stop.Token);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task Is_not_pruned_while_one_fills_it()
    {
        var sample = Sample.Random(1000, seed: 4);
        using var other = Open();
        using (var filling = Open())
        {
            await filling.PushAsync(sample.Descriptor, sample.Stream(), default);
            var failure = await Should.ThrowAsync<ReleaseException>(() => new StorePrune(other).RunAsync([], default));
            failure.Finding.Code.ShouldBe(Codes.StoreBusy);
            ExitCodes.Of(failure.Finding.Code).ShouldBe(ExitCode.MachineUnfit);
            (await filling.ExistsAsync(sample.Descriptor, default)).ShouldBeTrue();
        }
        (await new StorePrune(other).RunAsync([], default)).Removed.Count.ShouldBe(1);
        (await other.ExistsAsync(sample.Descriptor, default)).ShouldBeFalse();
    }

    [Fact]
    public async Task Keeps_the_names_that_all_of_them_give()
    {
        var manifests = Enumerable
            .Range(0, 20)
            .Select(i => new NamedImage($"r.io/a:{i}", Sample.Of($"{i}", MediaTypes.OciManifest).Descriptor))
            .ToList();
        using var one = Open();
        using var two = Open();
        await Task.WhenAll(
            manifests.Select((m, i) => Task.Run(() => (i % 2 == 0 ? one : two).Names.PutAsync([m], default)))
        );
        one.Names.Read().Select(n => n.Name).Order().ShouldBe(manifests.Select(m => m.Name).Order());
    }

    [Fact]
    public async Task Writes_its_index_only_when_nobody_else_is_at_it()
    {
        using var store = Open();
        var image = new NamedImage("a:1", Sample.Of("1", MediaTypes.OciManifest).Descriptor);
        await store.Names.PutAsync([image], default);
        Task put;
        using (FileLock.Try(_folder.File("ingest/index.lock"), FileShare.Read).ShouldNotBeNull())
        {
            put = store.Names.PutAsync([image with { Name = "b:1" }], default);
            put.IsCompleted.ShouldBeFalse();
            store.Names.Read().Count.ShouldBe(1);
        }
        await put;
        store.Names.Read().Count.ShouldBe(2);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task FillAsync(ContentStore store, Sample sample, IImageSource source)
    {
        using var ingest = await store.OpenIngestAsync(sample.Descriptor, default);
        if (!ingest.IsComplete)
            await ingest.FillAsync(source, default);
    }

    private ContentStore Open() => ContentStore.At(_folder.Path, TimeProvider.System);
}
