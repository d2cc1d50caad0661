using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Tests.Install;

/// <summary>Receipts as install.sh writes them when all went well.</summary>
internal static class SampleReceipt
{
    private const string Other = "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    private static readonly JsonSerializerOptions Relaxed = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    /// <summary>Changes after which neither the reader nor the schema takes it; null stands for an empty list.</summary>
    public static IReadOnlyList<(string Path, object? Value)> Malformed { get; } =
    [
        ("apiVersion", "infometis.io/receipt/v2"),
        ("name", "a b"),
        ("name", ""),
        ("version", "$(reboot)"),
        ("result", "done"),
        ("result", "Complete"),
        ("exitCode", -1),
        ("exitCode", "0"),
        ("started", "yesterday"),
        ("ended", "2026-11-21T14:00:00+01:00"),
        ("command", "verifyonly"),
        ("host", "edge-7"),
        ("host.more", "x"),
        ("more", "x"),
        ("trust.signed", false),
        ("trust.keys", null),
        ("trust.keys.0", "key"),
        ("placed.0.size", 1.5),
        ("placed.0.more", "x"),
        ("bundle.sums", "sha256:A"),
        ("bundle.files.0.name", "a/../b c"),
        ("images.0.pinned", "yes"),
        ("images.0.content.1", Other + "a"),
        ("images.0.names.0.before", "unknown"),
        ("images.0.more", "x"),
        ("findings.0.code", "IMR62"),
        ("findings.0.severity", "hint"),
    ];

    /// <summary>Of a bundle with two images, which is nowhere.</summary>
    public static JsonObject Small
    {
        get
        {
            var images = new[] { "kafka:7.5.0", "pause:3.5" }.Select(image =>
            {
                var digest = Of(image);
                var (name, tagged) = ($"registry.example/{image.Split(':')[0]}", $"registry.example/{image}");
                return Image(
                    image.Split(':')[0],
                    digest,
                    [tagged, $"{name}@{digest}", $"{tagged}@{digest}"],
                    [digest, Of($"{image} layer"), Of("shared")]
                );
            });
            return Make(
                ("infometis", "0.5.0", "0.1.0"),
                Of("index"),
                string.Concat(
                    new[] { "FIELD-GUIDE.md", "VERIFY.txt", "install.sh", "inventory.json", "x-0.5.0.tar.zst" }.Select(
                        file => $"{Digest.Of(System.Text.Encoding.ASCII.GetBytes(file)).Hex}  {file}\n"
                    )
                ),
                [Of("key")],
                images
            );
        }
    }

    /// <summary>Of the bundle in a folder.</summary>
    public static JsonObject Of(string folder, params string[] keys)
    {
        var inventory = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "inventory.json")))!;
        return Make(
            ((string)inventory["name"]!, (string)inventory["version"]!, (string)inventory["tool"]!),
            (string)inventory["imagesTar"]!["index"]!,
            File.ReadAllText(Path.Combine(folder, "SHA256SUMS")),
            keys,
            inventory["images"]!
                .AsArray()
                .Select(image =>
                    Image(
                        (string)image!["name"]!,
                        (string)image["digest"]!,
                        [.. image["names"]!.AsArray().Select(name => (string)name!)],
                        [.. image["content"]!.AsArray().Select(digest => (string)digest!)]
                    )
                )
        );
    }

    /// <summary>The small one with a value at a path.</summary>
    public static string With(string path, object? value)
    {
        JsonNode node = Small;
        var (root, keys) = (node, path.Split('.'));
        foreach (var key in keys.SkipLast(1))
            node = int.TryParse(key, out var at) ? node[at]! : node[key]!;
        JsonNode changed = value switch
        {
            null => new JsonArray(),
            int number => JsonValue.Create(number),
            double number => JsonValue.Create(number),
            bool truth => JsonValue.Create(truth),
            _ => JsonValue.Create((string)value),
        };
        if (int.TryParse(keys[^1], out var last))
            node[last] = changed;
        else
            node[keys[^1]] = changed;
        return root.Text();
    }

    public static string Text(this JsonNode receipt) => receipt.ToJsonString(Relaxed) + "\n";

    private static JsonObject Image(string name, string digest, string[] names, string[] content) =>
        new()
        {
            ["name"] = name,
            ["digest"] = digest,
            ["result"] = "complete",
            ["proof"] = "every name by digest, every piece of content by digest",
            ["pinned"] = true,
            ["names"] = new JsonArray([
                .. names.Select(one => new JsonObject { ["name"] = one, ["before"] = "absent" }),
            ]),
            ["content"] = new JsonArray([.. content.Select(one => JsonValue.Create(one))]),
        };

    private static JsonObject Make(
        (string Name, string Version, string Tool) release,
        string index,
        string sums,
        string[] keys,
        IEnumerable<JsonObject> images
    )
    {
        var files = sums.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ToDictionary(line => line[66..], line => $"sha256:{line[..64]}");
        return new JsonObject
        {
            ["apiVersion"] = "infometis.io/receipt/v1",
            ["name"] = release.Name,
            ["version"] = release.Version,
            ["platform"] = "linux/amd64",
            ["k0s"] = "v1.23.17+k0s.1",
            ["tool"] = release.Tool,
            ["result"] = "complete",
            ["exitCode"] = 0,
            ["started"] = "1970-01-01T00:10:00Z",
            ["ended"] = "1970-01-01T00:12:00Z",
            ["command"] = "install",
            ["host"] = new JsonObject
            {
                ["name"] = "edge-7",
                ["platform"] = "linux/amd64",
                ["kernel"] = "6.1.0",
            },
            ["bundle"] = new JsonObject
            {
                ["sums"] = $"{Digest.Of(System.Text.Encoding.ASCII.GetBytes(sums))}",
                ["script"] = files["install.sh"],
                ["inventory"] = files["inventory.json"],
                ["index"] = index,
                ["files"] = new JsonArray([
                    .. files.Select(file => new JsonObject { ["name"] = file.Key, ["sha256"] = file.Value }),
                ]),
            },
            ["trust"] = new JsonObject
            {
                ["signed"] = keys.Length > 0,
                ["keys"] = new JsonArray([.. keys.Select(key => JsonValue.Create(key))]),
            },
            ["target"] = new JsonObject
            {
                ["kind"] = "k0s",
                ["place"] = "/var/lib/k0s",
                ["runtime"] = "containerd 1.5.18",
                ["k0s"] = "v1.23.17+k0s.1",
                ["running"] = true,
            },
            ["selection"] = "all",
            ["placed"] = new JsonArray(
                new JsonObject
                {
                    ["path"] = "/var/lib/k0s/images/infometis-0.5.0.tar",
                    ["size"] = 123,
                    ["index"] = index,
                }
            ),
            ["images"] = new JsonArray([.. images]),
            ["findings"] = new JsonArray(
                new JsonObject
                {
                    ["code"] = "IMR6207",
                    ["severity"] = "warning",
                    ["subject"] = "containerd 1.5.18",
                    ["fact"] = "containerd 1.5.18 does not know pinned images",
                }
            ),
        };
    }

    private static string Of(string text) => $"{Digest.Of(System.Text.Encoding.UTF8.GetBytes(text))}";
}
