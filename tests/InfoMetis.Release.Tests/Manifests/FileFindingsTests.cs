using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Tests.Manifests;

/// <summary>Each thing that can be wrong with the files of a manifest: one fault, one finding, in its exact place.</summary>
public sealed class FileFindingsTests
{
    private const string PathRule =
        "a path must stay beside the manifest: relative, without '..', of letters, digits, '.', '_', '+', '-', at most 100"
        + " | Give each file a path or a url, and its sha256.";
    private const string FileHint = " | Give each file a path or a url, and its sha256.";

    [Theory]
    [InlineData(
        "  - path: docs/readme.md\n    sha256",
        "  - sha256",
        "18:5 IMR1026 files: a file needs either a path or a url, and not both" + FileHint
    )]
    [InlineData(
        "path: docs/readme.md",
        "path: a\n    url: https://b",
        "18:5 IMR1026 files: a file needs either a path or a url, and not both" + FileHint
    )]
    [InlineData("path: docs/readme.md", "path: /etc/passwd", "18:11 IMR1026 files: " + PathRule)]
    [InlineData("path: docs/readme.md", "path: docs/../../passwd", "18:11 IMR1026 files: " + PathRule)]
    [InlineData("path: docs/readme.md", "path: docs//a", "18:11 IMR1026 files: " + PathRule)]
    [InlineData("path: docs/readme.md", "path: docs/Con.txt", "18:11 IMR1026 files: " + PathRule)]
    [InlineData("path: docs/readme.md", "path: lpt1/a", "18:11 IMR1026 files: " + PathRule)]
    [InlineData("path: docs/readme.md", "path: docs/a.", "18:11 IMR1026 files: " + PathRule)]
    [InlineData("path: docs/readme.md", "path: ./a", "18:11 IMR1026 files: " + PathRule)]
    [InlineData("path: docs/readme.md", "path: a/", "18:11 IMR1026 files: " + PathRule)]
    [InlineData("path: docs/readme.md", "path: ''", "18:11 IMR1026 files: " + PathRule)]
    [InlineData("path: docs/readme.md", "path: a/-rf", "18:11 IMR1026 files: " + PathRule)]
    [InlineData("path: docs/readme.md", "path: 'C:a'", "18:11 IMR1026 files: " + PathRule)]
    [InlineData("path: docs/readme.md", "path: a\\b", "18:11 IMR1026 files: " + PathRule)]
    [InlineData("path: docs/readme.md", "path: \"a\\nb\"", "18:11 IMR1026 files: " + PathRule)]
    [InlineData(
        "path: docs/readme.md",
        "url: http://a/b",
        "18:10 IMR1026 files: a url must be absolute and https" + FileHint
    )]
    [InlineData("path: docs/readme.md", "url: a/b", "18:10 IMR1026 files: a url must be absolute and https" + FileHint)]
    [InlineData(
        "path: docs/readme.md",
        "url: file:///etc/passwd",
        "18:10 IMR1026 files: a url must be absolute and https" + FileHint
    )]
    [InlineData(
        "    sha256: c",
        "    # sha256: c",
        "18:5 IMR1010 sha256: 'sha256' is missing from a file | Add 'sha256:'."
    )]
    [InlineData(
        "    sha256: c",
        "    sha256: z",
        "19:13 IMR1019 files: 'zccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc' is not a digest: a character is no hexadecimal digit | Write sha256: and 64 lower-case hexadecimal digits."
    )]
    [InlineData(
        "mode: 0640",
        "mode: 64",
        "20:11 IMR1014 mode: 'mode' is '64', which is not an octal mode such as 0644"
    )]
    [InlineData(
        "mode: 0640",
        "mode: 00640",
        "20:11 IMR1014 mode: 'mode' is '00640', which is not an octal mode such as 0644"
    )]
    [InlineData(
        "mode: 0640",
        "mode: 0648",
        "20:11 IMR1014 mode: 'mode' is '0648', which is not an octal mode such as 0644"
    )]
    [InlineData(
        "mode: 0640",
        "mode: 4755",
        "20:11 IMR1014 mode: 'mode' is '4755', which is not an octal mode such as 0644"
    )]
    [InlineData("mode: 0640", "mod: 0640", "20:5 IMR1009 mod: 'mod' is not a key of a file | Did you mean 'mode'?")]
    public void A_fault_in_a_file_is_found(string old, string replacement, string finding) =>
        Fault.Finds(old, replacement, finding);

    [Fact]
    public void A_file_listed_twice_is_found() =>
        Fault.FindsIn(
            Sample.Before(21, $"  - path: docs/readme.md\n    sha256: {Sample.A}"),
            "21:5 IMR1026 files: 'docs/readme.md' is listed twice, first on line 18" + FileHint
        );

    [Fact]
    public void A_URL_listed_twice_is_found() =>
        Fault.FindsIn(
            Sample.Before(
                21,
                $"  - {{url: 'https://a/b', sha256: {Sample.A}}}\n  - {{url: 'https://A/b', sha256: {Sample.A}}}"
            ),
            "22:5 IMR1026 files: 'https://a/b' is listed twice, first on line 21" + FileHint
        );

    [Theory]
    [InlineData("path: docs/readme.md", "docs/readme.md")]
    [InlineData("path: Docs/README.md", "Docs/README.md")]
    [InlineData("path: docs/readme.md/a", "docs/readme.md/a")]
    [InlineData("url: https://a/b/docs", "docs")]
    [InlineData("url: https://a/b/DOCS?c", "DOCS")]
    public void Two_files_that_would_be_in_each_others_way_are_found(string source, string name) =>
        Sample
            .Read(Sample.Before(21, $"  - {source}\n    sha256: {Sample.A}"))
            .Findings.ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(
                found => found.Place.ShouldBe(new Place("f", 21, 5)),
                found => found.Fact.ShouldContain(name),
                found => found.Fact.ShouldContain("line 18")
            );

    [Theory]
    [InlineData("https://a")]
    [InlineData("https://a/")]
    [InlineData("https://a/b/")]
    [InlineData("https://a/?b")]
    [InlineData("https://a/b/..")]
    [InlineData("https://a/-b")]
    [InlineData("https://a/b%20c")]
    [InlineData("https://a/b\\c")]
    [InlineData("https://a/ä")]
    public void A_URL_that_names_no_file_is_found(string url) =>
        Fault.FindsIn(
            Sample.With("path: docs/readme.md", $"url: '{url}'"),
            "18:10 IMR1026 files: a url must end, before any '?' or '#', in a name for the file: of letters, digits,"
                + " '.', '_', '+', '-', at most 100"
                + FileHint
        );
}
