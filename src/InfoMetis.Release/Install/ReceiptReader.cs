using System.Globalization;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Install;

/// <summary>Reads a receipt, which comes from a host that nobody here has seen; docs/schema says the same as this.</summary>
internal static class ReceiptReader
{
    public const int LargestReceipt = 4 << 20;

    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";
    private const int LongestText = 4096;

    private static readonly string[] Keys =
    [
        "apiVersion",
        "name",
        "version",
        "platform",
        "k0s",
        "tool",
        "result",
        "exitCode",
        "started",
        "ended",
        "command",
        "host",
        "bundle",
        "trust",
        "target",
        "selection",
        "placed",
        "images",
        "findings",
    ];

    /// <param name="file">What to call it.</param>
    /// <exception cref="ReleaseException">It is none.</exception>
    public static Receipt Parse(string file, ReadOnlyMemory<byte> json) =>
        DocumentObject.Read(json, reason => Message.ReceiptMalformed(file, reason), Receipt);

    private static Receipt Receipt(DocumentObject root)
    {
        if (root.RequiredText("apiVersion") is var version && version != Install.Receipt.ApiVersion)
            throw root.Malformed($"its apiVersion is '{version}', and {Install.Receipt.ApiVersion} is read");
        root.WithOnly(Keys);
        var images = root.RequiredObjects("images").Select(Image).ToList();
        if (images.DistinctBy(image => image.Name).Count() < images.Count)
            throw root.Malformed("it names an image twice");
        return new Receipt
        {
            Name = Plain(root, "name"),
            Version = Plain(root, "version"),
            Platform = Platform.TryParse(root.RequiredText("platform"), out var platform)
                ? platform
                : throw root.Malformed("'platform' is none that is known"),
            K0s = Plain(root, "k0s"),
            Tool = Plain(root, "tool"),
            Result = OneOf<ReceiptResult>(root, "result"),
            ExitCode = root.RequiredNumber("exitCode"),
            Started = Time(root, "started"),
            Ended = Time(root, "ended"),
            Command = OneOf<ReceiptCommand>(root, "command"),
            Host = Host(root.RequiredObject("host").WithOnly("name", "platform", "kernel")),
            Bundle = Bundle(root.RequiredObject("bundle")),
            Trust = Trust(root.RequiredObject("trust").WithOnly("signed", "keys")),
            Target = Target(root.RequiredObject("target")),
            Selection = Text(root, "selection"),
            Placed = [.. root.RequiredObjects("placed").Select(Placed)],
            Images = images,
            Findings = [.. root.RequiredObjects("findings").Select(Finding)],
        };
    }

    private static ReceiptHost Host(DocumentObject item) =>
        new(Text(item, "name"), Text(item, "platform"), Text(item, "kernel"));

    private static ReceiptBundle Bundle(DocumentObject item)
    {
        item.WithOnly("sums", "script", "inventory", "index", "files");
        var files = item.RequiredObjects("files")
            .Select(file => file.WithOnly("name", "sha256"))
            .Select(file => new ReceiptFile(Plain(file, "name"), DigestOf(file, "sha256")))
            .ToList();
        if (files.DistinctBy(file => file.Name).Count() < files.Count)
            throw item.Malformed("it names a file of the bundle twice");
        return new ReceiptBundle(
            DigestIfAny(item, "sums"),
            DigestIfAny(item, "script"),
            DigestIfAny(item, "inventory"),
            DigestIfAny(item, "index"),
            files
        );
    }

    private static ReceiptTrust Trust(DocumentObject item)
    {
        var trust = new ReceiptTrust(item.RequiredBoolean("signed"), Digests(item, "keys"));
        return trust.IsSigned == trust.Keys.Count > 0
            ? trust
            : throw item.Malformed("'signed' and 'keys' contradict each other");
    }

    private static ReceiptTarget Target(DocumentObject item)
    {
        item.WithOnly("kind", "place", "runtime", "k0s", "running");
        return new ReceiptTarget(
            Text(item, "kind"),
            Text(item, "place"),
            Text(item, "runtime"),
            Text(item, "k0s"),
            item.RequiredBoolean("running")
        );
    }

    private static ReceiptPlaced Placed(DocumentObject item)
    {
        item.WithOnly("path", "size", "index");
        return new ReceiptPlaced(Text(item, "path"), item.RequiredNumber("size"), DigestIfAny(item, "index"));
    }

    private static ReceiptImage Image(DocumentObject item)
    {
        item.WithOnly("name", "digest", "result", "proof", "pinned", "names", "content");
        return new ReceiptImage(
            Plain(item, "name"),
            DigestOf(item, "digest"),
            item.RequiredText("result") switch
            {
                "complete" => true,
                "incomplete" => false,
                _ => throw item.Malformed("the 'result' of an image is neither complete nor incomplete"),
            },
            Text(item, "proof"),
            item.RequiredBoolean("pinned"),
            [.. item.RequiredObjects("names").Select(Name)],
            Digests(item, "content")
        );
    }

    private static ReceiptName Name(DocumentObject item)
    {
        item.WithOnly("name", "before");
        var before = item.RequiredText("before");
        if (before is not ("absent" or "same"))
            _ = Parsed(item, before);
        return new ReceiptName(Text(item, "name"), before);
    }

    private static Finding Finding(DocumentObject item)
    {
        item.WithOnly("code", "severity", "subject", "fact");
        var code = item.RequiredText("code");
        if (code is not ['I', 'M', 'R', _, _, _, _] || !code.Skip(3).All(char.IsAsciiDigit))
            throw item.Malformed("the 'code' of a finding is none");
        return new Finding(code, OneOf<Severity>(item, "severity"), Text(item, "subject"), Text(item, "fact"));
    }

    /// <summary>A value by its word: two words of one are joined by a dash.</summary>
    private static T OneOf<T>(DocumentObject item, string key)
        where T : struct, Enum
    {
        var text = item.RequiredText(key);
        foreach (var value in Enum.GetValues<T>())
        {
            if (ReceiptWords.Of(value) == text)
                return value;
        }
        throw item.Malformed($"'{key}' is '{text}', which no receipt says");
    }

    private static string Text(DocumentObject item, string key) =>
        item.RequiredText(key) is { Length: <= LongestText } text ? text : throw item.Malformed($"'{key}' is too long");

    private static string Plain(DocumentObject item, string key) =>
        Text(item, key) is var text && ScriptValues.IsPlain(text)
            ? text
            : throw item.Malformed($"'{key}' is not plain");

    private static string Time(DocumentObject item, string key) =>
        item.RequiredText(key) is var text
        && DateTimeOffset.TryParseExact(
            text,
            TimeFormat,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out _
        )
            ? text
            : throw item.Malformed($"'{key}' is no UTC time");

    private static Digest? DigestIfAny(DocumentObject item, string key) =>
        item.RequiredText(key) is { Length: > 0 } text ? Parsed(item, text) : null;

    private static Digest DigestOf(DocumentObject item, string key) => Parsed(item, item.RequiredText(key));

    private static List<Digest> Digests(DocumentObject item, string key)
    {
        if (!item.Has(key))
            throw item.Malformed($"'{key}' is missing");
        var digests = item.Texts(key).Select(text => Parsed(item, text)).ToList();
        return digests.Distinct().Count() == digests.Count
            ? digests
            : throw item.Malformed($"'{key}' has a digest twice");
    }

    private static Digest Parsed(DocumentObject item, string text) =>
        Digest.TryParse(text, out var digest, out var reason)
            ? digest
            : throw item.Malformed($"'{text}' is not a digest: {reason}");
}
