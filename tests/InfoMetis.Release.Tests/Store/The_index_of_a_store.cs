using System.Text.Json;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Store;

namespace InfoMetis.Release.Tests.Store;

public sealed class The_index_of_a_store : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Descriptor _first = Sample.Of("1", MediaTypes.OciIndex).Descriptor;
    private readonly Descriptor _second = Sample.Of("2", MediaTypes.OciManifest).Descriptor;

    [Fact]
    public async Task Names_images_as_other_tools_look_for_them()
    {
        using var store = Open();
        await store.Names.PutAsync([new("docker.io/library/busybox:1.35+x", _first)], default);
        var text = await File.ReadAllTextAsync(_folder.File("index.json"));
        text.ShouldContain(
            $$$"""{"mediaType":"{{{MediaTypes.OciIndex}}}","digest":"{{{_first.Digest}}}","size":1,"annotations":{"org.opencontainers.image.ref.name":"docker.io/library/busybox:1.35+x"}}"""
        );
        (await File.ReadAllTextAsync(_folder.File("oci-layout"))).ShouldBe("""{"imageLayoutVersion":"1.0.0"}""");
    }

    [Fact]
    public async Task Moves_a_name_that_is_given_again_and_keeps_the_others()
    {
        using var store = Open();
        await store.Names.PutAsync([new("a:1", _first), new("b:1", _first)], default);
        await store.Names.PutAsync([new("a:1", _second)], default);
        store
            .Names.Read()
            .Select(n => (n.Name, n.Target.Digest))
            .ShouldBe([("b:1", _first.Digest), ("a:1", _second.Digest)]);
    }

    [Fact]
    public async Task Is_left_alone_where_every_name_is_there_whatever_their_order()
    {
        using var store = Open();
        await store.Names.PutAsync([new("a:1", _first), new("b:1", _second)], default);
        var before = DateTime.UnixEpoch.AddDays(1);
        File.SetLastWriteTimeUtc(_folder.File("index.json"), before);

        await store.Names.PutAsync([new("a:1", _first)], default);

        File.GetLastWriteTimeUtc(_folder.File("index.json")).ShouldBe(before);
        await store.Names.PutAsync([new("a:1", _second)], default);
        File.GetLastWriteTimeUtc(_folder.File("index.json")).ShouldNotBe(before);
    }

    [Fact]
    public async Task Keeps_what_other_tools_wrote()
    {
        var entry = $$$"""
            {"mediaType":"{{{MediaTypes.OciManifest}}}","digest":"{{{_second.Digest}}}","size":1,"x-ours":[1, 2],
             "platform":{"architecture":"amd64","os":"linux"}}
            """;
        await File.WriteAllTextAsync(_folder.File("oci-layout"), """{"imageLayoutVersion": "1.0.0"}""");
        await File.WriteAllTextAsync(
            _folder.File("index.json"),
            $$$"""{"schemaVersion": 2, "annotations": {"k": "v"}, "manifests": [{{{entry}}}]}"""
        );
        using var store = Open();
        await store.Names.PutAsync([new("a:1", _first)], default);
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(_folder.File("index.json")));
        json.RootElement.GetProperty("annotations").GetProperty("k").GetString().ShouldBe("v");
        using var before = JsonDocument.Parse(entry);
        JsonElement.DeepEquals(json.RootElement.GetProperty("manifests")[0], before.RootElement).ShouldBeTrue();
        json.RootElement.GetProperty("manifests").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task Is_not_overwritten_where_it_cannot_be_read()
    {
        await File.WriteAllTextAsync(_folder.File("oci-layout"), """{"imageLayoutVersion": "1.0.0"}""");
        await File.WriteAllTextAsync(_folder.File("index.json"), "{broken");
        using var store = Open();
        var failure = await Should.ThrowAsync<ReleaseException>(() =>
            store.Names.PutAsync([new("a:1", _first)], default)
        );
        failure.Finding.Code.ShouldBe(Codes.DocumentMalformed);
        (await File.ReadAllTextAsync(_folder.File("index.json"))).ShouldBe("{broken");
    }

    [Theory]
    [InlineData("oci-layout", """{"imageLayoutVersion":"2.0.0"}""")]
    [InlineData("thesis.odt", "years of work")]
    public void Is_never_put_into_a_folder_that_is_something_else(string file, string content)
    {
        File.WriteAllText(_folder.File(file), content);
        Should.Throw<ReleaseException>(Open).Finding.Code.ShouldBe(Codes.NotALayout);
    }

    [Fact]
    public void Is_empty_where_nothing_was_ever_stored()
    {
        using var store = Open();
        store.Names.Read().ShouldBeEmpty();
        Directory.EnumerateFileSystemEntries(_folder.Path).ShouldBeEmpty();
    }

    public void Dispose() => _folder.Dispose();

    private ContentStore Open() => ContentStore.At(_folder.Path, TimeProvider.System);
}
