using System.Formats.Tar;
using System.Text;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Store;

namespace InfoMetis.Release.Tests.Store;

public sealed class A_layout_that_somebody_else_wrote : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly StoredImages _images = new();

    public static TheoryData<TarEntryFormat> Formats => [TarEntryFormat.Ustar, TarEntryFormat.Gnu, TarEntryFormat.Pax];

    [Fact]
    public async Task Is_a_source_as_a_folder()
    {
        (await _images.StoreAsync(_folder)).Dispose();
        using var source = LayoutSource.OfFolder(_folder.Path);
        await IsASourceAsync(source);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Is_a_source_as_an_archive(TarEntryFormat format)
    {
        (await _images.StoreAsync(_folder)).Dispose();
        using var source = LayoutSource.OfArchive(await ArchiveAsync(format));
        await IsASourceAsync(source);
    }

    [Fact]
    public async Task Is_found_by_its_tag_alone_as_skopeo_writes_it()
    {
        using (var store = await _images.StoreAsync(_folder))
            await store.Names.PutAsync([new("1.35", _images.Second.Descriptor)], default);
        using var source = LayoutSource.OfFolder(_folder.Path);
        (await source.ResolveAsync("docker.io/library/busybox:1.35", default)).Digest.ShouldBe(_images.Second.Digest);
    }

    [Fact]
    public async Task Fails_with_the_names_there_are_for_one_it_has_not()
    {
        (await _images.StoreAsync(_folder)).Dispose();
        using var source = LayoutSource.OfFolder(_folder.Path);
        var finding = (
            await Should.ThrowAsync<ReleaseException>(() => source.ResolveAsync("r.io/one:2", default))
        ).Finding;
        finding.Code.ShouldBe(Codes.NameUnknown);
        finding.Hint.ShouldBe("Named there are r.io/one:1, r.io/two:1.");
        var absent = Sample.Of("absent").Digest.ToString();
        (await Should.ThrowAsync<ReleaseException>(() => source.ResolveAsync(absent, default))).Finding.Code.ShouldBe(
            Codes.ContentMissing
        );
    }

    [Fact]
    public async Task Is_refused_where_the_archive_ends_anywhere_before_its_end()
    {
        (await _images.StoreAsync(_folder)).Dispose();
        var whole = await File.ReadAllBytesAsync(await ArchiveAsync(TarEntryFormat.Ustar));
        var cut = _folder.File("cut.tar");
        // Up to the last byte that is content; after it come only the zeros that end a tar file.
        var end = whole.AsSpan().LastIndexOfAnyExcept((byte)0);
        for (var length = 0; length <= end; length += 97)
        {
            await File.WriteAllBytesAsync(cut, whole[..length]);
            Exception? failure = null;
            try
            {
                using var source = LayoutSource.OfArchive(cut);
                await IsASourceAsync(source);
            }
            catch (ReleaseException exception)
            {
                failure = exception;
            }
            failure.ShouldNotBeNull($"cut at {length}");
        }
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("/etc/passwd")]
    [InlineData("blobs/sha256/../../evil")]
    [InlineData("blobs/sha256/ABC")]
    [InlineData("blobs\\sha256\\x")]
    [InlineData("Index.json")]
    [InlineData("INDEX.JSON")]
    [InlineData("blobs/sha512/00")]
    [InlineData("readme")]
    public void Is_refused_for_a_member_of_a_hostile_name(string name) => IsRefused(Entry(name));

    [Theory]
    [InlineData(TarEntryType.SymbolicLink)]
    [InlineData(TarEntryType.HardLink)]
    [InlineData(TarEntryType.CharacterDevice)]
    [InlineData(TarEntryType.Fifo)]
    [InlineData(TarEntryType.Directory)]
    public void Is_refused_for_a_member_that_is_no_regular_file(TarEntryType type)
    {
        var entry = new UstarTarEntry(type, "index.json");
        if (type is TarEntryType.SymbolicLink or TarEntryType.HardLink)
            entry.LinkName = "/etc/passwd";
        IsRefused(entry);
    }

    [Fact]
    public void Is_refused_for_a_member_that_is_there_twice() => IsRefused(Entry("oci-layout"), Entry("./oci-layout"));

    [Fact]
    public void Is_refused_for_an_extended_header_that_claims_the_memory_of_the_machine()
    {
        var path = _folder.File("bomb.tar");
        var block = new byte[1024];
        Encoding.ASCII.GetBytes("x").CopyTo(block, 0);
        Encoding.ASCII.GetBytes("17777777777\0").CopyTo(block, 124);
        block[156] = (byte)'x';
        Encoding.ASCII.GetBytes("        ").CopyTo(block, 148);
        Encoding
            .ASCII.GetBytes(Convert.ToString(block.AsSpan(0, 512).ToArray().Sum(b => b), 8).PadLeft(6, '0') + "\0 ")
            .CopyTo(block, 148);
        using (var file = File.Create(path))
        {
            file.Write(block);
            file.SetLength(5L << 30);
        }
        var finding = Should.Throw<ReleaseException>(() => LayoutSource.OfArchive(path)).Finding;
        finding.Code.ShouldBe(Codes.ArchiveRefused);
        finding.Fact.ShouldContain("extended header");
    }

    [Theory]
    [InlineData("")]
    [InlineData("this is no tar file at all")]
    public void Is_refused_where_it_is_no_archive(string content)
    {
        var path = _folder.File("a.tar");
        File.WriteAllText(path, content);
        Should.Throw<ReleaseException>(() => LayoutSource.OfArchive(path)).Finding.Code.ShouldStartWith("IMR4");
    }

    public void Dispose() => _folder.Dispose();

    private async Task IsASourceAsync(LayoutSource source)
    {
        (await source.ResolveAsync("r.io/two:1", default)).ShouldBe(
            _images.Second.Descriptor with
            {
                Annotations = source.Entries[1].Annotations,
            }
        );
        (await source.ResolveAsync($"r.io/one:1@{_images.FirstIndex.Digest}", default)).MediaType.ShouldBe(
            MediaTypes.OciIndex
        );
        foreach (var sample in _images.OfFirst.Append(_images.Second))
        {
            foreach (var offset in new[] { 0, 1, sample.Bytes.Length })
            {
                await using var content = await source.FetchAsync(sample.Descriptor, offset, default);
                using var read = new MemoryStream();
                await content.CopyToAsync(read);
                if (!read.ToArray().AsSpan().SequenceEqual(sample.Bytes.AsSpan(offset)))
                    throw new ReleaseException(Message.ContentMissing("part of it", "the layout"));
            }
        }
    }

    private async Task<string> ArchiveAsync(TarEntryFormat format)
    {
        var path = _folder.File("layout.tar");
        await using var writer = new TarWriter(File.Create(path), format);
        foreach (var folder in new[] { "blobs/", "blobs/sha256/" })
            await writer.WriteEntryAsync(_folder.File(folder), folder);
        foreach (var name in new[] { "oci-layout", "index.json" })
            await writer.WriteEntryAsync(_folder.File(name), name);
        foreach (var blob in Directory.GetFiles(_folder.File("blobs/sha256")).Order())
            await writer.WriteEntryAsync(blob, "./blobs/sha256/" + Path.GetFileName(blob));
        return path;
    }

    private static UstarTarEntry Entry(string name) =>
        new(TarEntryType.RegularFile, name) { DataStream = new MemoryStream("{}"u8.ToArray()) };

    private void IsRefused(params UstarTarEntry[] entries)
    {
        var path = _folder.File("hostile.tar");
        using (var writer = new TarWriter(File.Create(path), TarEntryFormat.Ustar))
        {
            foreach (var entry in entries)
                writer.WriteEntry(entry);
        }
        var finding = Should.Throw<ReleaseException>(() => LayoutSource.OfArchive(path)).Finding;
        finding.Code.ShouldBe(Codes.ArchiveRefused);
    }
}
