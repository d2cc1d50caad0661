using System.Text;
using System.Text.Json;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Tests.Cli;

public sealed class When_imrel_check_is_told_more : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Several_manifests_are_all_judged_and_the_gravest_exit_wins()
    {
        var bad = _folder.Write("bad.yaml", "kind: Release\n"u8.ToArray());
        var refused = Imrel.PinnedRelease(
            _folder,
            text => text.Replace("pause:3.5", "pause:3.6", StringComparison.Ordinal)
        );

        Imrel.Run("check", bad).ExitCode.ShouldBe(ExitCode.ManifestInvalid);
        var run = Imrel.Run("check", bad, refused, Imrel.Release);

        run.ExitCode.ShouldBe(ExitCode.CouplingRefused);
        run.Out.ShouldContain($"{bad}: refused");
        run.Out.ShouldContain($"{refused}: refused (1 error,");
        run.Out.ShouldContain("releases/v0.5.0.yaml: refused (11 errors,");
        run.Out.ShouldContain("11 of 24 images unpinned");
    }

    [Fact]
    public void A_manifest_that_is_not_there_is_refused_by_name()
    {
        var run = Imrel.Run("check", "no/such.yaml");

        run.ExitCode.ShouldBe(ExitCode.ManifestInvalid);
        run.Out.ShouldContain("IMR1001 'no/such.yaml' cannot be read: there is no such file");
    }

    [Fact]
    public void Today_tells_what_lost_support_since()
    {
        var run = Imrel.Run("check", Imrel.PinnedRelease(_folder), "--today");

        run.ExitCode.ShouldBe(ExitCode.Sound);
        run.Out.ShouldContain(
            "information IMR2010 support of kafka 7.5.0 ended on 2025-08-25, before today, 2026-11-20"
        );
    }

    [Fact]
    public void Annotations_name_file_line_and_column()
    {
        var file = Imrel.PinnedRelease(
            _folder,
            text => text.Replace("pause:3.5", "pause:3.6", StringComparison.Ordinal)
        );

        var lines = Imrel.Run("check", file, "--format", "github").Out.Split('\n');

        lines.ShouldContain(line =>
            line.StartsWith($"::error file={file},line=", StringComparison.Ordinal)
            && line.Contains(
                ",col=12,title=IMR2003 pause::registry.k8s.io/pause:3.6 does not fit",
                StringComparison.Ordinal
            )
            && line.Contains("%0AWrite registry.k8s.io/pause:3.5 and pin it anew.", StringComparison.Ordinal)
        );
        lines.ShouldContain(line => line.StartsWith("::warning ", StringComparison.Ordinal));
    }

    [Fact]
    public void Annotations_escape_what_would_end_them()
    {
        var file = _folder.Write("a,b:c%.yaml", "apiVersion: 'x\n\n%y'\n"u8.ToArray());

        var lines = Imrel.Run("check", file, "--format", "github").Out.Split('\n');

        lines.ShouldContain(line => line.Contains("a%2Cb%3Ac%25.yaml,line=1,col=13") && line.Contains("%25y"));
    }

    [Fact]
    public void Sarif_holds_every_finding_with_its_rule()
    {
        using var json = JsonDocument.Parse(Imrel.Run("check", Imrel.Release, "--format", "sarif").Out);

        var run = json.RootElement.GetProperty("runs")[0];
        var rules = run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray();
        var results = run.GetProperty("results").EnumerateArray().ToList();
        rules.Select(rule => rule.GetProperty("id").GetString()).ShouldContain(Codes.Unpinned);
        results.Count(result => result.GetProperty("level").GetString() == "error").ShouldBe(11);
        results[0]
            .GetProperty("locations")[0]
            .GetProperty("physicalLocation")
            .GetProperty("region")
            .GetProperty("startLine")
            .GetInt32()
            .ShouldBeGreaterThan(1);
    }

    [Fact]
    public void What_is_deployed_is_compared()
    {
        var yaml = _folder.Write(
            "pod.yaml",
            "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - image: docker.io/x/y:1\n"u8.ToArray()
        );

        var run = Imrel.Run("check", Imrel.PinnedRelease(_folder), "--deployed", yaml);

        run.ExitCode.ShouldBe(ExitCode.CouplingRefused);
        run.Out.ShouldContain($"IMR2020 docker.io/x/y:1 is deployed but is not in the release");
        run.Out.ShouldContain($"  at:   {yaml}:5:14");
    }

    [Fact]
    public void A_folder_of_ones_own_judges_in_place_of_what_is_built_in()
    {
        foreach (var name in new[] { "k0s-catalog.yaml", "couplings.yaml" })
        {
            var text = File.ReadAllText(Repository.PathTo("bom", name));
            _folder.Write(
                name,
                Encoding.UTF8.GetBytes(text.Replace("pause:3.5", "pause:3.9", StringComparison.Ordinal))
            );
        }

        var run = Imrel.Run("check", Imrel.PinnedRelease(_folder), "--bom", _folder.Path);

        run.ExitCode.ShouldBe(ExitCode.CouplingRefused);
        run.Out.ShouldContain("which asks for registry.k8s.io/pause:3.9");
    }

    [Fact]
    public void Rules_that_cannot_be_read_judge_nobody()
    {
        _folder.Write("k0s-catalog.yaml", File.ReadAllBytes(Repository.PathTo("bom", "k0s-catalog.yaml")));
        _folder.Write(
            "couplings.yaml",
            "apiVersion: infometis.io/couplings/v1\nrules: [{ id: a }, { id: b }]\n"u8.ToArray()
        );

        var run = Imrel.Run("check", Imrel.Release, "--bom", _folder.Path);

        run.ExitCode.ShouldBe(ExitCode.ManifestInvalid);
        run.Out.ShouldBeEmpty();
        run.Error.ShouldContain("couplings.yaml:2:9");
        run.Error.ShouldContain("couplings.yaml:2:20");
    }

    [Fact]
    public void A_report_holds_the_exit_code_the_findings_and_the_result()
    {
        var report = _folder.File("report.json");

        Imrel.Run("check", Imrel.Release, "--report", report);

        using var json = JsonDocument.Parse(File.ReadAllBytes(report));
        json.RootElement.GetProperty("command").GetString().ShouldBe("imrel check");
        json.RootElement.GetProperty("exitCode").GetInt32().ShouldBe(10);
        json.RootElement.GetProperty("findings").GetArrayLength().ShouldBeGreaterThan(11);
        json.RootElement.GetProperty("result").GetProperty("manifests").GetArrayLength().ShouldBe(1);
        Directory.GetFiles(_folder.Path).ShouldBe([report]);
    }

    [Fact]
    public void A_failure_is_reported_too()
    {
        var report = _folder.File("report.json");

        Imrel.Run("images", "no/such.yaml", "--report", report).ExitCode.ShouldBe(ExitCode.ManifestInvalid);

        using var json = JsonDocument.Parse(File.ReadAllBytes(report));
        json.RootElement.GetProperty("findings")[0].GetProperty("code").GetString().ShouldBe(Codes.Unreadable);
    }

    [Fact]
    public void A_report_that_cannot_be_written_fails_the_run()
    {
        var run = Imrel.Run("check", Imrel.PinnedRelease(_folder), "--report", _folder.File("no/such/folder.json"));

        run.ExitCode.ShouldBe(ExitCode.MachineUnfit);
        run.Error.ShouldContain("IMR6005");
    }

    [Theory]
    [InlineData("--k0s", "v1.23.17+k0s.0")]
    [InlineData("--deployed", ".")]
    [InlineData("--format", "sarif")]
    [InlineData("releases/v0.4.0.yaml", "")]
    public void What_does_not_go_with_the_matrix_is_refused_first(string word, string value)
    {
        string[] more = value.Length == 0 ? [word] : [word, value];

        Imrel.Run(["check", "no/such.yaml", "--matrix", .. more]).ExitCode.ShouldBe(ExitCode.Usage);
    }
}
