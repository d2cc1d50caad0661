using System.Text;
using System.Text.Json.Nodes;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Tests.Cli;

namespace InfoMetis.Release.Tests.Install;

/// <summary>What a host sends back, looked at by itself.</summary>
public sealed class A_receipt : IDisposable
{
    private const string Other = "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Is_proof_where_all_that_it_says_was_proved()
    {
        var run = Check(SampleReceipt.Small.Text());

        run.ExitCode.ShouldBe(ExitCode.Sound, run.Out + run.Error);
        Approval.Verify(run.Out.Replace(_folder.Path, "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("result", "failed")]
    [InlineData("exitCode", 50)]
    [InlineData("command", "uninstall")]
    [InlineData("command", "verify-only")]
    [InlineData("command", "dry-run")]
    [InlineData("images", null)]
    [InlineData("bundle.index", "")]
    [InlineData("images.0.result", "incomplete")]
    [InlineData("images.0.proof", "")]
    [InlineData("images.1.digest", Other)]
    [InlineData("images.1.content", null)]
    [InlineData("images.1.names", null)]
    [InlineData("images.1.names.0.name", "registry.example/pause:3.6")]
    [InlineData("images.1.names.1.name", "registry.example/pause@" + Other)]
    [InlineData("images.1.names.1.name", "registry.example/pause:3.5")]
    [InlineData("images.1.names.2.name", "pause")]
    [InlineData("images.1.names.2.name", "a b")]
    [InlineData("findings.0.severity", "error")]
    public void Is_no_proof_by_its_own_words(string path, object? value)
    {
        var run = Check(SampleReceipt.With(path, value));

        run.ExitCode.ShouldBe(ExitCode.TargetIncomplete, run.Out + run.Error);
        run.Out.ShouldContain(Codes.ReceiptIncomplete);
        run.Out.ShouldContain("not proved (");
    }

    [Theory]
    [InlineData("verify-only")]
    [InlineData("dry-run")]
    [InlineData("uninstall")]
    public void Is_told_once_to_be_of_a_run_that_proves_nothing(string command)
    {
        var receipt = SampleReceipt.Small;
        receipt["command"] = command;
        receipt["images"]![0]!["result"] = "incomplete";

        Check(receipt.Text()).Out.ShouldContain("not proved (1 error, 0 warnings)");
    }

    [Fact]
    public void Says_whole_sentences_again_that_stopped_the_script()
    {
        var fact =
            "no key is trusted, so nobody can tell who signed '/media/stick/infometis-0.5.0-linux-amd64/SHA256SUMS'";
        var receipt = SampleReceipt.Small;
        (receipt["result"], receipt["exitCode"]) = ("refused", 31);
        receipt["trust"] = new JsonObject { ["signed"] = false, ["keys"] = new JsonArray() };
        (receipt["findings"]![0]!["code"], receipt["findings"]![0]!["severity"]) = ("IMR5203", "error");
        receipt["findings"]![0]!["fact"] = fact;

        var run = Check(receipt.Text());

        run.Out.ShouldContain($"'IMR5203 {fact}'");
        run.Out.ShouldNotContain(Codes.UnsignedAllowed);
    }

    [Fact]
    public void Is_no_proof_where_a_name_is_left_out()
    {
        var receipt = SampleReceipt.Small;
        receipt["images"]![0]!["names"]!.AsArray().RemoveAt(1);

        var run = Check(receipt.Text());

        run.ExitCode.ShouldBe(ExitCode.TargetIncomplete);
        run.Out.ShouldContain("names without registry.example/kafka@sha256:");
    }

    [Theory]
    [InlineData("bundle.sums", Other)]
    [InlineData("bundle.script", Other)]
    [InlineData("bundle.inventory", Other)]
    [InlineData("bundle.files.0.sha256", Other)]
    [InlineData("bundle.files.0.name", "field-guide.md")]
    public void Is_refused_where_it_contradicts_itself(string path, string value) =>
        Refused(SampleReceipt.With(path, value));

    [Theory]
    [InlineData("platform", "linux/unheard")]
    [InlineData("Name", "x")]
    [InlineData("bundle.files.1.name", "install.sh")]
    [InlineData("images.0.name", "pause")]
    public void Is_refused_where_only_who_reads_it_can_tell(string path, object? value) =>
        Refused(SampleReceipt.With(path, value));

    [Fact]
    public void Is_refused_where_a_value_is_not_what_must_stand_there()
    {
        foreach (var (path, value) in SampleReceipt.Malformed)
            Refused(SampleReceipt.With(path, value));
    }

    [Fact]
    public void Is_refused_where_any_key_is_missing()
    {
        foreach (var key in SampleReceipt.Small.Select(property => property.Key).ToList())
        {
            var receipt = SampleReceipt.Small;
            receipt.Remove(key).ShouldBeTrue();
            Refused(receipt.Text());
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("{\"apiVersion\":\"infometis.io/receipt/v1\",\"apiVersion\":\"infometis.io/receipt/v1\"}")]
    [InlineData("{\"apiVersion\":\"\\uD800\"}")]
    public void Is_refused_where_it_is_something_else(string text) => Refused(text);

    [Fact]
    public void Is_refused_where_it_is_too_large() => Refused(SampleReceipt.Small.Text() + new string(' ', 5 << 20));

    [Fact]
    public void Is_refused_where_it_is_not_there()
    {
        var run = Imrel.Run("verify", "--receipt", _folder.File("nothing.json"));

        run.ExitCode.ShouldBe(ExitCode.Integrity);
        run.Out.ShouldContain("is not a receipt: there is no such file");
        Imrel.Run("verify", "--receipt", _folder.Path).ExitCode.ShouldBe(ExitCode.Integrity);
    }

    [Fact]
    public void Warns_where_nobody_had_signed_what_was_installed()
    {
        var receipt = SampleReceipt.Small;
        receipt["trust"] = new JsonObject { ["signed"] = false, ["keys"] = new JsonArray() };

        var run = Check(receipt.Text());

        run.ExitCode.ShouldBe(ExitCode.Sound, run.Out);
        run.Out.ShouldContain($"warning {Codes.UnsignedAllowed}");
    }

    [Fact]
    public void Of_a_host_that_was_looked_at_later_needs_no_bundle()
    {
        var receipt = SampleReceipt.Small;
        receipt["command"] = "status";
        receipt["trust"] = new JsonObject { ["signed"] = false, ["keys"] = new JsonArray() };
        foreach (var key in (string[])["sums", "script", "inventory"])
            receipt["bundle"]![key] = "";
        receipt["bundle"]!["files"] = new JsonArray();

        var run = Check(receipt.Text());

        run.ExitCode.ShouldBe(ExitCode.Sound, run.Out);
        run.Out.ShouldNotContain(Codes.UnsignedAllowed);
    }

    [Fact]
    public void Cannot_move_the_cursor_of_who_reads_it()
    {
        var receipt = SampleReceipt.Small;
        receipt["host"]!["name"] = "edge\u001b[2J\u202e";
        receipt["findings"]![0]!["fact"] = "a\nb\u001b";

        var run = Check(receipt.Text());

        run.Out.ShouldContain("on edge\uFFFD[2J\uFFFD");
        run.Out.ShouldNotContain('\u001b');
        run.Out.ShouldNotContain("a\nb");
    }

    [Theory]
    [InlineData]
    [InlineData("--receipt", "r.json", "--key", "release.pub")]
    [InlineData("--receipt", "r.json", "--allow-unsigned")]
    [InlineData("--receipt", "r.json", "-")]
    [InlineData("--receipt")]
    public void Is_not_looked_for_where_the_command_line_makes_no_sense(params string[] words) =>
        Imrel.Run(["verify", .. words]).ExitCode.ShouldBe(ExitCode.Usage);

    private void Refused(string text)
    {
        var run = Check(text);

        run.ExitCode.ShouldBe(ExitCode.Integrity, run.Out + run.Error);
        run.Out.ShouldContain(Codes.ReceiptMalformed);
    }

    private Imrel Check(string text) =>
        Imrel.Run("verify", "--receipt", _folder.Write("receipt.json", Encoding.UTF8.GetBytes(text)));
}
