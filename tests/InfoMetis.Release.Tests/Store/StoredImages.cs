using InfoMetis.Release.Oci;
using InfoMetis.Release.Store;

namespace InfoMetis.Release.Tests.Store;

/// <summary>Two images of two releases that share a layer; the first has an index, of which one platform is left out.</summary>
internal sealed class StoredImages
{
    public Sample Config { get; } = Sample.Of("""{"os":"linux"}""", "application/vnd.oci.image.config.v1+json");
    public Sample Shared { get; } = Sample.Random(5000, seed: 1);
    public Sample Own { get; } = Sample.Random(3000, seed: 2);
    public Sample Orphan { get; } = Sample.Random(700, seed: 3);
    public Sample First { get; }
    public Sample FirstIndex { get; }
    public Sample Second { get; }

    public StoredImages()
    {
        First = Sample.Manifest(Config, Shared, Own, Own);
        var leftOut = Sample.Manifest(Config, Sample.Of("never fetched"));
        FirstIndex = Sample.Index((First, "linux/amd64"), (leftOut, "linux/arm64"));
        Second = Sample.Manifest(Config, Shared);
    }

    public StoreRoot FirstRoot => new("one", [FirstIndex.Digest]);

    public StoreRoot SecondRoot => new("two", [Second.Digest]);

    public Sample[] OfFirst => [Config, Shared, Own, First, FirstIndex];

    public async Task<ContentStore> StoreAsync(TempFolder folder)
    {
        using (var store = ContentStore.At(folder.Path, TimeProvider.System))
        {
            foreach (var sample in OfFirst.Append(Second).Append(Orphan))
                await store.PushAsync(sample.Descriptor, sample.Stream(), default);
            await store.Names.PutAsync(
                [new("r.io/one:1", FirstIndex.Descriptor), new("r.io/two:1", Second.Descriptor)],
                default
            );
        }
        return ContentStore.At(folder.Path, TimeProvider.System);
    }
}
