using System.Diagnostics;
using System.Globalization;
using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.EndToEnd.Schema;

/// <summary>
/// The JSON Schema helps editors, the reader decides. They must agree, or an editor would bless what imrel refuses, or the other way round.
/// </summary>
public sealed class SchemaTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("imrel-schema-");

    public void Dispose() => _folder.Delete(recursive: true);

    [SchemaFact]
    public void Schema_and_reader_take_the_same_documents()
    {
        string[] documents = [Documents.Sound, .. Documents.Good.Select(Documents.With)];
        BySchema(documents).ShouldAllBe(why => why == "");
        ByReader(documents).ShouldAllBe(why => why == "");
    }

    [SchemaFact]
    public void Schema_and_reader_refuse_the_same_documents()
    {
        var documents = Documents.Bad.Select(Documents.With).ToArray();
        Taken(BySchema(documents), Documents.Bad).ShouldBeEmpty();
        Taken(ByReader(documents), Documents.Bad).ShouldBeEmpty();
    }

    [SchemaFact]
    public void What_only_the_reader_can_tell_is_known_by_name()
    {
        var documents = Documents.OnlyTheReaderCanTell.Select(Documents.With).ToArray();
        BySchema(documents).ShouldAllBe(why => why == "");
        Taken(ByReader(documents), Documents.OnlyTheReaderCanTell).ShouldBeEmpty();
    }

    [SchemaFact]
    public void The_manifests_of_this_repository_follow_the_schema()
    {
        var documents = Directory
            .GetFiles(Path.Combine(Root(), "releases"), "*.yaml")
            .Select(File.ReadAllText)
            .ToArray();
        documents.ShouldNotBeEmpty();
        BySchema(documents).ShouldAllBe(why => why == "");
    }

    /// <summary>Why each document is refused, or nothing; an image without a pin is reported but not refused.</summary>
    private static string[] ByReader(IEnumerable<string> documents) =>
        [
            .. documents.Select(document =>
            {
                var findings = new List<Finding>();
                return ManifestReader.Parse("f", document, findings) is null
                    ? string.Join(' ', findings.Select(finding => finding.Fact))
                    : "";
            }),
        ];

    private string[] BySchema(string[] documents)
    {
        for (var i = 0; i < documents.Length; i++)
            File.WriteAllText(
                Path.Combine(_folder.FullName, i.ToString("D4", CultureInfo.InvariantCulture) + ".yaml"),
                documents[i]
            );
        var root = Root();
        var start = new ProcessStartInfo(
            "python3",
            [
                Path.Combine(root, "tests", "InfoMetis.Release.EndToEnd", "Schema", "validate.py"),
                Path.Combine(root, "docs", "schema", "release-v1.schema.json"),
                _folder.FullName,
            ]
        )
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        process.ExitCode.ShouldBe(0);
        lines.Length.ShouldBe(documents.Length);
        return [.. lines.Select(line => line[(line.IndexOf('\t', StringComparison.Ordinal) + 1)..])];
    }

    private static IEnumerable<(string Old, string New)> Taken(string[] reasons, (string Old, string New)[] changes) =>
        changes.Where((_, index) => reasons[index].Length == 0);

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "InfoMetis.Release.sln")))
            folder =
                Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("no InfoMetis.Release.sln above");
        return folder;
    }
}
