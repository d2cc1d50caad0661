using System.Text.Json;
using InfoMetis.Release.Coupling;
using InfoMetis.Release.Manifests;

namespace InfoMetis.Release.Reports;

/// <summary>What the catalogue says, for people and for programs.</summary>
public sealed class K0sReport
{
    private readonly Action<TextWriter> _text;
    private readonly Action<Utf8JsonWriter> _body;

    private K0sReport(Action<TextWriter> text, Action<Utf8JsonWriter> body)
    {
        _text = text;
        _body = body;
    }

    public void Text(TextWriter writer) => _text(writer);

    public void Json(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("apiVersion", "infometis.io/k0s/v1");
        _body(json);
        json.WriteEndObject();
    }

    public static K0sReport List(IReadOnlyList<K0sVersion> versions) =>
        new(
            writer =>
            {
                foreach (var version in versions)
                    writer.WriteLine(version);
            },
            json =>
            {
                json.WriteStartArray("releases");
                foreach (var version in versions)
                    json.WriteStringValue(version.ToString());
                json.WriteEndArray();
            }
        );

    public static K0sReport Show(K0sRelease release) =>
        new(
            writer =>
            {
                writer.WriteLine($"k0s {release.Version}");
                Group(writer, "components", release.Components);
                Group(writer, "images", Texts(release.Images));
                Group(writer, "optional images", Texts(release.Optional));
            },
            json =>
            {
                json.WriteString("version", release.Version.ToString());
                Group(json, "components", release.Components);
                Group(json, "images", Texts(release.Images));
                Group(json, "optional", Texts(release.Optional));
            }
        );

    public static K0sReport Difference(K0sRelease before, K0sRelease after)
    {
        var differences = K0sDifference.Between(before, after).ToList();
        return new(
            writer =>
            {
                if (differences.Count == 0)
                    writer.WriteLine($"{before.Version} and {after.Version} embed and ask for the same");
                foreach (var difference in differences)
                    Write(writer, difference);
            },
            json =>
            {
                json.WriteString("before", before.Version.ToString());
                json.WriteString("after", after.Version.ToString());
                json.WriteStartArray("changes");
                foreach (var difference in differences)
                    Write(json, difference);
                json.WriteEndArray();
            }
        );
    }

    /// <summary>Of an image that only got another tag, the tags; its repository is in the JSON, and in what a release asks for.</summary>
    private static void Write(TextWriter writer, K0sDifference difference)
    {
        var (before, after) = (difference.Before ?? "none", difference.After ?? "none");
        var tag = before.LastIndexOf(':') + 1;
        if (tag > 0 && after.StartsWith(before[..tag], StringComparison.Ordinal))
            (before, after) = (before[tag..], after[tag..]);
        var subject = $"{difference.Group} {difference.Subject}:";
        var line = $"{subject} {before} -> {after}";
        writer.WriteLine(line.Length <= TextTable.Width ? line : $"{subject}\n  {before}\n  -> {after}");
    }

    private static IEnumerable<KeyValuePair<string, string>> Texts(IReadOnlyList<K0sImage> images) =>
        images.Select(image => KeyValuePair.Create(image.Name, image.Reference.ToString()));

    private static void Group(TextWriter writer, string title, IEnumerable<KeyValuePair<string, string>> pairs)
    {
        writer.WriteLine();
        writer.WriteLine($"{title}:");
        var table = new TextTable("", "", "");
        foreach (var (name, value) in pairs)
            table.Add("", name, value);
        table.WriteRows(writer);
    }

    private static void Group(Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, string>> pairs)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in pairs)
            json.WriteString(key, value);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, K0sDifference difference)
    {
        json.WriteStartObject();
        json.WriteString("group", difference.Group);
        json.WriteString("name", difference.Subject);
        json.WriteString("before", difference.Before);
        json.WriteString("after", difference.After);
        json.WriteEndObject();
    }
}
