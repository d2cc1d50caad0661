using System.Globalization;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Bundle;

/// <summary>Reads inventory.json; one that is not as <see cref="InventoryWriter"/> writes it is refused.</summary>
internal static class InventoryReader
{
    public const int LargestInventory = 32 << 20;

    public static Inventory Parse(ReadOnlyMemory<byte> json) =>
        DocumentObject.Read(json, BundleNames.Inventory, Inventory);

    private static Inventory Inventory(DocumentObject root)
    {
        if (root.RequiredText("apiVersion") is var version && version != Bundle.Inventory.ApiVersion)
            throw root.Malformed($"its apiVersion is '{version}', and {Bundle.Inventory.ApiVersion} is read");
        var images = root.RequiredObject("imagesTar");
        return new Inventory
        {
            Name = root.RequiredText("name"),
            Version = root.RequiredText("version"),
            Released = Released(root),
            Platform = Platform.TryParse(root.RequiredText("platform"), out var platform)
                ? platform
                : throw root.Malformed("'platform' is none that is known"),
            K0s = root.RequiredText("k0s"),
            Tool = root.RequiredText("tool"),
            Compression = Compression(root.RequiredObject("compression")),
            Forecast = Forecast(root.RequiredObject("forecast")),
            ImagesSize = images.RequiredNumber("size"),
            Index = DigestOf(images, "index"),
            Stacks = root.Texts("stacks"),
            Images = [.. root.RequiredObjects("images").Select(Image)],
            Blobs = [.. root.RequiredObjects("blobs").Select(Blob)],
            Files = [.. root.RequiredObjects("files").Select(File)],
            Accepted = [.. root.RequiredObjects("accepted").Select(Accepted)],
        };
    }

    private static DateTimeOffset Released(DocumentObject root) =>
        DateTimeOffset.TryParseExact(
            root.RequiredText("released"),
            InventoryWriter.TimeFormat,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var released
        )
        && released >= DateTimeOffset.UnixEpoch
            ? released
            : throw root.Malformed("'released' is no UTC time");

    private static InventoryCompression Compression(DocumentObject item) =>
        new(
            CompressionKinds.OfWord(item.RequiredText("kind")) ?? throw item.Malformed("'kind' is no compression"),
            item.RequiredText("library"),
            Whole(item, "level")
        );

    private static InventoryForecast Forecast(DocumentObject item)
    {
        var target = item.RequiredObject("target");
        return new InventoryForecast(
            item.RequiredNumber("build"),
            item.RequiredNumber("medium"),
            target.RequiredNumber("archive"),
            target.RequiredNumber("content"),
            target.RequiredNumber("unpacked")
        );
    }

    private static InventoryImage Image(DocumentObject item) =>
        new(
            item.RequiredText("name"),
            item.RequiredText("group"),
            item.Text("stack"),
            item.RequiredText("image"),
            DigestOf(item, "digest"),
            item.RequiredText("mediaType"),
            item.Texts("names"),
            [.. item.Texts("content").Select(text => Parsed(item, text))]
        );

    private static InventoryBlob Blob(DocumentObject item) =>
        new(
            DigestOf(item, "digest"),
            item.RequiredText("mediaType"),
            item.RequiredNumber("size"),
            item.RequiredNumber("offset"),
            Whole(item, "frame"),
            item.RequiredBoolean("stored"),
            item.Object("sample") is { } sample
                ? new BlobSample(sample.RequiredNumber("tried"), sample.RequiredNumber("compressed"))
                : null
        );

    private static InventoryFile File(DocumentObject item) =>
        new(
            item.RequiredText("path"),
            item.RequiredNumber("size"),
            Parsed(item, $"{Digest.Algorithm}:{item.RequiredText("sha256")}"),
            Mode(item)
        );

    private static AcceptedFinding Accepted(DocumentObject item) =>
        new(
            item.RequiredText("code"),
            item.RequiredText("subject"),
            item.RequiredText("fact"),
            item.RequiredText("reason")
        );

    private static int Mode(DocumentObject item)
    {
        var text = item.RequiredText("mode");
        return text.Length == 4 && text[0] == '0' && text.All(c => c is >= '0' and <= '7')
            ? Convert.ToInt32(text, 8)
            : throw item.Malformed("'mode' is no octal mode");
    }

    private static int Whole(DocumentObject item, string key) =>
        item.RequiredNumber(key) is <= int.MaxValue and var number
            ? (int)number
            : throw item.Malformed($"'{key}' is too large");

    private static Digest DigestOf(DocumentObject item, string key) => Parsed(item, item.RequiredText(key));

    private static Digest Parsed(DocumentObject item, string text) =>
        Digest.TryParse(text, out var digest, out var reason)
            ? digest
            : throw item.Malformed($"'{text}' is not a digest: {reason}");
}
