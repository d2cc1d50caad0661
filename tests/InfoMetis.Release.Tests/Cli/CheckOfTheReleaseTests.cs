using System.Text.Json;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Tests.Cli;

public sealed class When_release_0_5_0_is_checked : IDisposable
{
    private static readonly string[] Unpinned =
    [
        "alertmanager",
        "apiserver-network-proxy-agent",
        "cni-node",
        "flink",
        "k0s",
        "kafka-rest",
        "ksqldb-cli",
        "ksqldb-server",
        "kube-router",
        "nifi",
        "nifi-registry",
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_is_refused_for_exactly_the_eleven_images_that_are_unpinned()
    {
        using var json = JsonDocument.Parse(Imrel.Run("check", Imrel.Release, "--format", "json").Out);

        json.RootElement.GetProperty("exitCode").GetInt32().ShouldBe((int)ExitCode.ManifestInvalid);
        var findings = json.RootElement.GetProperty("manifests")[0].GetProperty("findings").EnumerateArray().ToList();
        findings
            .Where(finding => finding.GetProperty("severity").GetString() == "error")
            .Select(finding =>
                $"{finding.GetProperty("code").GetString()} {finding.GetProperty("subject").GetString()}"
            )
            .Order(StringComparer.Ordinal)
            .ShouldBe(Unpinned.Select(name => $"{Codes.Unpinned} {name}"));
        findings
            .Where(finding => finding.GetProperty("code").GetString() == Codes.Floating)
            .Select(finding => finding.GetProperty("subject").GetString())
            .ShouldBe(["k0s", "traefik", "kafka-ui", "busybox", "flink"], ignoreOrder: true);
    }

    [Fact]
    public void What_people_read_is_as_approved()
    {
        var run = Imrel.Run("check", Imrel.Release);

        run.ExitCode.ShouldBe(ExitCode.ManifestInvalid);
        run.Error.ShouldBeEmpty();
        run.Out.ShouldContain("auxiliary images: exactly the 7 that k0s v1.23.17+k0s.1 asks for");
        Approval.Verify(run.Out);
    }

    [Fact]
    public void Its_tables_fit_eighty_columns() =>
        Imrel
            .Run("check", Imrel.Release)
            .Out.Split('\n')
            .SkipWhile(line => !line.StartsWith("IMAGE", StringComparison.Ordinal))
            .TakeWhile(line => line.Length > 0)
            .ShouldAllBe(line => line.Length <= 80);

    [Fact]
    public void With_every_image_pinned_it_is_sound()
    {
        var run = Imrel.Run("check", Imrel.PinnedRelease(_folder));

        run.ExitCode.ShouldBe(ExitCode.Sound, run.Out);
        run.Out.ShouldContain(": sound (0 errors");
    }

    [Fact]
    public void Its_warnings_fail_where_that_is_asked_for() =>
        Imrel.Run("check", Imrel.PinnedRelease(_folder), "--strict").ExitCode.ShouldBe(ExitCode.CouplingRefused);

    public static TheoryData<string, string> Auxiliary() =>
        new()
        {
            { "docker.io/cloudnativelabs/kube-router:v1.3.2", "docker.io/cloudnativelabs/kube-router:v1.3.1" },
            { "docker.io/coredns/coredns:1.7.1", "docker.io/coredns/coredns:1.8.6" },
            {
                "quay.io/k0sproject/apiserver-network-proxy-agent:0.0.32-k0s1",
                "quay.io/k0sproject/apiserver-network-proxy-agent:0.0.31"
            },
            { "quay.io/k0sproject/cni-node:0.1.0", "quay.io/k0sproject/cni-node:1.1.1" },
            { "registry.k8s.io/kube-proxy:v1.23.17", "registry.k8s.io/kube-proxy:v1.23.16" },
            {
                "registry.k8s.io/metrics-server/metrics-server:v0.5.2",
                "registry.k8s.io/metrics-server/metrics-server:v0.6.0"
            },
            { "registry.k8s.io/pause:3.5", "registry.k8s.io/pause:3.6" },
        };

    [Theory]
    [MemberData(nameof(Auxiliary))]
    public void Another_tag_of_an_auxiliary_image_is_refused_with_both_values_and_the_place(string good, string bad)
    {
        var file = Imrel.PinnedRelease(_folder, text => text.Replace(good, bad, StringComparison.Ordinal));
        var line = File.ReadAllLines(file).ToList().FindIndex(text => text.Contains(bad, StringComparison.Ordinal)) + 1;

        var run = Imrel.Run("check", file);

        run.ExitCode.ShouldBe(ExitCode.CouplingRefused);
        run.Out.ShouldContain($"IMR2003 {bad} does not fit k0s v1.23.17+k0s.1, which asks for {good}");
        run.Out.ShouldContain($"  at:   {file}:{line}:12");
    }

    [Theory]
    [MemberData(nameof(Auxiliary))]
    public void An_auxiliary_image_that_is_gone_is_refused(string good, string unused)
    {
        _ = unused;
        var file = Imrel.PinnedRelease(_folder, text => Without(text, good));

        var run = Imrel.Run("check", file);

        run.ExitCode.ShouldBe(ExitCode.CouplingRefused);
        run.Out.ShouldContain($"IMR2001 k0s v1.23.17+k0s.1 asks for {good}, which is not among the auxiliary images");
    }

    [Fact]
    public void An_auxiliary_image_too_many_is_refused()
    {
        var file = Imrel.PinnedRelease(
            _folder,
            text =>
                text.Replace(
                    "auxiliary:\n",
                    $"auxiliary:\n  - name: extra\n    image: docker.io/x/extra:1.0.0@sha256:{new string('a', 64)}\n",
                    StringComparison.Ordinal
                )
        );

        var run = Imrel.Run("check", file);

        run.ExitCode.ShouldBe(ExitCode.CouplingRefused);
        run.Out.ShouldContain(
            "IMR2002 docker.io/x/extra:1.0.0 is an auxiliary image that k0s v1.23.17+k0s.1 does not ask for"
        );
    }

    [Fact]
    public void Another_k0s_release_is_refused_with_expected_and_found()
    {
        var run = Imrel.Run("check", Imrel.PinnedRelease(_folder), "--k0s", "v1.24.17+k0s.0");

        run.ExitCode.ShouldBe(ExitCode.CouplingRefused);
        run.Out.ShouldContain("registry.k8s.io/kube-proxy:v1.23.17 does not fit k0s v1.24.17+k0s.0, which asks for");
        run.Out.ShouldContain("k0s is v1.23.17+k0s.1 while the k0s it must fit is v1.24.17+k0s.0");
    }

    [Fact]
    public void Of_all_k0s_releases_it_fits_one()
    {
        var run = Imrel.Run("check", Imrel.Release, "--matrix", "--format", "json");

        run.ExitCode.ShouldBe(ExitCode.Sound);
        using var json = JsonDocument.Parse(run.Out);
        var releases = json.RootElement.GetProperty("releases").EnumerateArray().ToList();
        releases.Count.ShouldBe(239);
        releases
            .Where(release => release.GetProperty("fits").GetBoolean())
            .Select(release => release.GetProperty("k0s").GetString())
            .ShouldBe(["v1.23.17+k0s.1"]);
        var older = releases.Single(release => release.GetProperty("k0s").GetString() == "v1.23.17+k0s.0");
        var reason = older.GetProperty("reasons").EnumerateArray().ShouldHaveSingleItem();
        reason.GetProperty("rule").GetString().ShouldBe("k0s-image");
    }

    [Fact]
    public void The_matrix_names_the_first_reason_for_each_that_does_not_fit()
    {
        var lines = Imrel.Run("check", Imrel.Release, "--matrix").Out.Split('\n');

        lines.ShouldContain(line =>
            line.StartsWith("v1.23.17+k0s.1", StringComparison.Ordinal) && line.Contains("yes")
        );
        lines.ShouldContain("v1.23.17+k0s.0  no    1        IMR2007 k0s");
        lines.ShouldContain("fits v1.23.17+k0s.1");
    }

    [Fact]
    public void Release_0_4_0_is_refused_for_its_missing_auxiliary_images() =>
        Imrel
            .Run("check", Repository.PathTo("releases", "v0.4.0.yaml"))
            .ShouldSatisfyAllConditions(
                run => run.ExitCode.ShouldBe(ExitCode.CouplingRefused),
                run => run.Out.ShouldContain("auxiliary images: 0 given, 7 asked for, 7 differences")
            );

    private static string Without(string text, string reference)
    {
        var lines = text.Split('\n').ToList();
        var image = lines.FindIndex(line => line.Contains(reference, StringComparison.Ordinal));
        var name = lines.FindLastIndex(image, line => line.Contains("- name:", StringComparison.Ordinal));
        var next = lines.FindIndex(image, line => line.Contains("- name:", StringComparison.Ordinal));
        lines.RemoveRange(name, (next < 0 ? image + 1 : next) - name);
        return string.Join('\n', lines);
    }
}
