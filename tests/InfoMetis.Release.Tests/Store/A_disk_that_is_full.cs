using InfoMetis.Release.Disk;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Store;

namespace InfoMetis.Release.Tests.Store;

public sealed class A_disk_that_is_full
{
    private const int Disk = 1024;

    [FactThatMounts]
    public async Task Refuses_a_blob_before_its_first_byte_and_says_how_much_is_missing()
    {
        using var disk = new SmallDisk(Disk);
        using var store = ContentStore.At(disk.Path, TimeProvider.System);
        var sample = Sample.Random(4 << 20, seed: 1);
        var source = MemorySource.Of(sample);
        var failure = await Should.ThrowAsync<ReleaseException>(async () =>
        {
            using var ingest = await store.OpenIngestAsync(sample.Descriptor, default);
            await ingest.FillAsync(source, default);
        });
        failure.Finding.Code.ShouldBe(Codes.NoSpace);
        failure.Finding.Fact.ShouldContain($"{sample.Bytes.Length:N0} bytes are needed");
        ExitCodes.Of(failure.Finding.Code).ShouldBe(ExitCode.MachineUnfit);
        source.Fetches.ShouldBe(0);
    }

    [FactThatMounts]
    public async Task Keeps_what_came_and_goes_on_from_there_when_there_is_room_again()
    {
        using var disk = new SmallDisk(Disk);
        var ballast = Path.Combine(disk.Path, "ingest", "ballast");
        using var store = ContentStore.At(disk.Path, TimeProvider.System);
        var sample = Sample.Random(700 << 10, seed: 2);
        using (var ingest = await store.OpenIngestAsync(sample.Descriptor, default))
        {
            await File.WriteAllBytesAsync(ballast, new byte[500 << 10]);
            using var content = new PiecemealStream(sample.Bytes, [50_000]);
            var failure = await Should.ThrowAsync<ReleaseException>(() => ingest.ReceiveAsync(content, default));
            failure.Finding.Code.ShouldBe(Codes.NoSpace);
            ingest.Offset.ShouldBeInRange(50_000, 524_288);
        }
        (await store.ExistsAsync(sample.Descriptor, default)).ShouldBeFalse();
        File.Delete(ballast);
        using var again = await store.OpenIngestAsync(sample.Descriptor, default);
        again.Resumed.ShouldBeGreaterThan(50_000);
        await again.FillAsync(MemorySource.Of(sample), default);
        (await new StoreVerify(store).RunAsync([], default)).Single().State.ShouldBe(BlobState.Ok);
    }

    [FactThatMounts]
    public async Task Leaves_the_old_index_whole()
    {
        using var disk = new SmallDisk(Disk);
        using var store = ContentStore.At(disk.Path, TimeProvider.System);
        var sample = Sample.Of("content");
        await store.Names.PutAsync([new("a:1", sample.Descriptor)], default);
        Fill(disk);
        var many = Enumerable.Range(0, 100).Select(i => new NamedImage($"b:{i}", sample.Descriptor)).ToList();
        var failure = await Should.ThrowAsync<ReleaseException>(() => store.Names.PutAsync(many, default));
        failure.Finding.Code.ShouldBe(Codes.NoSpace);
        store.Names.Read().Select(n => n.Name).ShouldBe(["a:1"]);
    }

    [FactThatMounts]
    public async Task Refuses_even_the_folders_of_a_new_store()
    {
        using var disk = new SmallDisk(Disk);
        Fill(disk);
        using var store = ContentStore.At(Path.Combine(disk.Path, "store"), TimeProvider.System);
        var sample = Sample.Of("content");
        var failure = await Should.ThrowAsync<ReleaseException>(() =>
            store.PushAsync(sample.Descriptor, sample.Stream(), default)
        );
        failure.Finding.Code.ShouldBe(Codes.NoSpace);
        (await store.ExistsAsync(sample.Descriptor, default)).ShouldBeFalse();
    }

    [Fact]
    public void Is_foreseen_by_a_plan()
    {
        using var folder = new TempFolder();
        var path = folder.File("not/there/yet");
        DiskSpace.FreeAt(path).ShouldBeGreaterThan(0);
        DiskSpace.Objection(path, 1).ShouldBeNull();
        DiskSpace.Objection(path, long.MaxValue).ShouldNotBeNull().Code.ShouldBe(Codes.NoSpace);
    }

    private static void Fill(SmallDisk disk)
    {
        using var file = File.Create(Path.Combine(disk.Path, "fill"));
        Should.Throw<IOException>(() =>
        {
            var block = new byte[4096];
            while (true)
            {
                file.Write(block);
                file.Flush();
            }
        });
    }
}
