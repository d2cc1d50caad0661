using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Store;

/// <summary>Reads the documents of a layout, each within the bound that documents have.</summary>
internal static class LayoutDocuments
{
    private const string KnownVersion = "1.0.0";

    /// <summary>Throws unless the files are a layout of the version known here.</summary>
    public static void CheckMarker(ILayoutFiles files)
    {
        var subject = Subject(files, StoreLayout.MarkerName);
        var marker =
            Read(files, StoreLayout.MarkerName)
            ?? throw new ReleaseException(Message.NotALayout(files.Path, $"it has no '{StoreLayout.MarkerName}'"));
        var version = DocumentObject.Read(marker, subject, root => root.RequiredText("imageLayoutVersion"));
        if (version != KnownVersion)
            throw new ReleaseException(
                Message.NotALayout(files.Path, $"its version is '{version}', and '{KnownVersion}' is read")
            );
    }

    public static ImageIndex Index(ILayoutFiles files) =>
        Read(files, StoreLayout.IndexName) is { } json
            ? ImageIndex.Parse(json, Subject(files, StoreLayout.IndexName))
            : throw new ReleaseException(Message.NotALayout(files.Path, $"it has no '{StoreLayout.IndexName}'"));

    /// <summary>What a digest stands for, by the index or manifest that lies there; null where nothing lies there.</summary>
    public static async Task<Descriptor?> DescribeAsync(
        ILayoutFiles files,
        Digest digest,
        CancellationToken cancellationToken
    )
    {
        if (files.OpenBlob(digest) is not { } content)
            return null;
        await using (content)
        {
            var unnamed = new Descriptor("", digest, content.Length);
            var json = await ImageDocument.ReadAsync(content, unnamed, cancellationToken);
            return unnamed with { MediaType = ImageDocument.MediaTypeOf(json, digest.ToString()) };
        }
    }

    /// <summary>The bytes of one of the two files that no digest vouches for; null where it is absent.</summary>
    public static byte[]? Read(ILayoutFiles files, string name)
    {
        using var content = files.Open(name);
        if (content is null)
            return null;
        if (content.Length > ImageDocument.LargestSize)
            throw new ReleaseException(
                Message.DocumentTooLarge(Subject(files, name), content.Length, ImageDocument.LargestSize)
            );
        var bytes = new byte[content.Length];
        content.ReadExactly(bytes);
        return bytes;
    }

    public static string Subject(ILayoutFiles files, string name) => $"'{name}' of '{files.Path}'";
}
