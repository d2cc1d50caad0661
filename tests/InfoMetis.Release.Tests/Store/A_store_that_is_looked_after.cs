using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Store;

namespace InfoMetis.Release.Tests.Store;

public sealed class A_store_that_is_looked_after : IAsyncLifetime, IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly StoredImages _images = new();
    private ContentStore _store = null!;

    public async Task InitializeAsync() => _store = await _images.StoreAsync(_folder);

    [Fact]
    public async Task Says_what_each_release_takes_and_shares()
    {
        var status = await StoreStatus.OfAsync(_store, [_images.FirstRoot, _images.SecondRoot], default);
        status.Blobs.ShouldBe(7);
        status.Unneeded.ShouldBe(700);
        status.Roots.ShouldAllBe(r => r.IsComplete);
        status.Roots[0].Size.ShouldBe(_images.OfFirst.Sum(s => s.Descriptor.Size));
        status.Roots[0].Shared.ShouldBe(_images.Shared.Descriptor.Size + _images.Config.Descriptor.Size);
        status.Roots[1].Own.ShouldBe(_images.Second.Descriptor.Size);
        status.Free.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Says_what_a_release_lacks()
    {
        Delete(_images.Own);
        var absent = Sample.Of("absent").Digest;
        var root = new StoreRoot("one", [_images.FirstIndex.Digest, absent]);
        var content = (await StoreStatus.OfAsync(_store, [root], default)).Roots.Single().Content;
        content.Missing.Select(m => m.Digest).ShouldBe([_images.Own.Digest]);
        content.NotHere.ShouldBe([absent]);
    }

    [Fact]
    public async Task Is_all_well_where_nobody_touched_it() =>
        (await VerifyAsync()).ShouldAllBe(r => r.State == BlobState.Ok && r.Detail == null);

    [Theory]
    [InlineData(BlobState.WrongDigest)]
    [InlineData(BlobState.WrongSize)]
    [InlineData(BlobState.Missing)]
    public async Task Names_the_one_blob_that_is_not_well_and_fetches_it_again(BlobState state)
    {
        Damage(_images.Own, state);
        var bad = (await VerifyAsync()).Where(r => r.State != BlobState.Ok).ToList();
        bad.Select(r => (r.Digest, r.State, r.IsFetchedAgain)).ShouldBe([(_images.Own.Digest, state, true)]);
        (await _store.ExistsAsync(_images.Own.Descriptor, default)).ShouldBeFalse();
        await _store.PushAsync(_images.Own.Descriptor, _images.Own.Stream(), default);
        (await VerifyAsync()).ShouldAllBe(r => r.State == BlobState.Ok);
    }

    [Fact]
    public async Task Says_what_cannot_be_read_and_takes_it_in_again()
    {
        Delete(_images.Own);
        File.CreateSymbolicLink(Blob(_images.Own), _folder.File("gone"));
        var bad = (await VerifyAsync()).Where(r => r.State != BlobState.Ok).ToList();
        bad.Select(r => (r.Digest, r.State)).ShouldBe([(_images.Own.Digest, BlobState.Unreadable)]);
        await _store.PushAsync(_images.Own.Descriptor, _images.Own.Stream(), default);
        (await VerifyAsync()).ShouldAllBe(r => r.State == BlobState.Ok);
    }

    [Fact]
    public async Task Reports_a_damaged_index_and_not_its_children()
    {
        Damage(_images.FirstIndex, BlobState.WrongDigest);
        var bad = (await VerifyAsync()).Where(r => r.State != BlobState.Ok).ToList();
        // The index counts as missing content to the walk, and as what its file is to the report.
        bad.Select(r => (r.Digest, r.State)).ShouldBe([(_images.FirstIndex.Digest, BlobState.WrongDigest)]);
    }

    [Fact]
    public async Task Notices_rot_that_kept_size_and_time_when_it_reads()
    {
        Damage(_images.Own, BlobState.WrongDigest);
        File.SetLastWriteTimeUtc(Blob(_images.Own), File.GetLastWriteTimeUtc(Blob(_images.Shared)));
        (await _store.ExistsAsync(_images.Own.Descriptor, default)).ShouldBeTrue();
        await using var content = await _store.FetchAsync(_images.Own.Descriptor, default);
        (await Should.ThrowAsync<ReleaseException>(() => content.CopyToAsync(Stream.Null))).Finding.Code.ShouldBe(
            Codes.ContentWrongDigest
        );
        (await _store.ExistsAsync(_images.Own.Descriptor, default)).ShouldBeFalse();
    }

    [Fact]
    public async Task Counts_what_another_tool_put_there_only_after_hashing_it()
    {
        var (right, wrong) = (Sample.Random(500, seed: 50), Sample.Random(500, seed: 51));
        await File.WriteAllBytesAsync(Blob(right), right.Bytes);
        await File.WriteAllBytesAsync(Blob(wrong), right.Bytes);
        (await _store.ExistsAsync(right.Descriptor, default)).ShouldBeTrue();
        (await _store.ExistsAsync(wrong.Descriptor, default)).ShouldBeFalse();
        File.GetLastWriteTimeUtc(Blob(right)).ShouldBe(File.GetLastWriteTimeUtc(Blob(_images.Shared)));
    }

    [Fact]
    public async Task Loses_only_what_no_kept_release_needs()
    {
        var prune = new StorePrune(_store);
        var plan = await prune.PlanAsync([_images.SecondRoot], default);
        (await VerifyAsync()).Count.ShouldBe(7);
        var report = await prune.RunAsync([_images.SecondRoot], default);
        report.Removed.ShouldBe(plan.Removed);
        report
            .Kept.Select(b => b.Digest)
            .ShouldBe(
                new[] { _images.Second, _images.Config, _images.Shared }.Select(s => s.Digest).OrderBy(d => d.Hex)
            );
        report.Names.Select(n => n.Name).ShouldBe(["r.io/one:1"]);
        Directory.GetFiles(_folder.File("blobs/sha256")).Length.ShouldBe(3);
        _store.Names.Read().Select(n => n.Name).ShouldBe(["r.io/two:1"]);
    }

    [Fact]
    public async Task Keeps_all_that_is_named_where_no_release_is_and_drops_what_was_abandoned()
    {
        await File.WriteAllBytesAsync(_folder.File($"ingest/sha256-{Sample.Of("x").Digest.Hex}.partial"), new byte[42]);
        var report = await new StorePrune(_store).RunAsync([], default);
        report.Removed.Select(b => b.Digest).ShouldBe([_images.Orphan.Digest]);
        report.Freed.ShouldBe(742);
        Directory.GetFiles(_folder.File("ingest"), "sha256-*").ShouldBeEmpty();
    }

    [Fact]
    public async Task Is_not_pruned_by_a_release_that_cannot_be_read()
    {
        Damage(_images.FirstIndex, BlobState.WrongDigest);
        await Should.ThrowAsync<ReleaseException>(() => new StorePrune(_store).RunAsync([_images.FirstRoot], default));
        Directory.GetFiles(_folder.File("blobs/sha256")).Length.ShouldBe(7);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    private Task<IReadOnlyList<BlobReport>> VerifyAsync() => new StoreVerify(_store).RunAsync([], default);

    private string Blob(Sample sample) => _folder.File($"blobs/sha256/{sample.Digest.Hex}");

    private void Delete(Sample sample) => File.Delete(Blob(sample));

    private void Damage(Sample sample, BlobState state)
    {
        var bytes = sample.Bytes.ToArray();
        bytes[^1] ^= 1;
        Delete(sample);
        if (state is BlobState.Missing)
            return;
        File.WriteAllBytes(Blob(sample), state is BlobState.WrongSize ? bytes[..^1] : bytes);
    }
}
