using System.Formats.Tar;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Tests.Cli;
using InfoMetis.Release.Tests.Store;

namespace InfoMetis.Release.Tests.Bundle;

public sealed class A_bundle_with_files : IDisposable
{
    private static readonly Sample Handbook = Sample.Of("Turn it off and on again.");
    private static readonly Sample Tool = Sample.Random(100_000, seed: 5);

    private readonly SampleRelease _release = new();

    public void Dispose() => _release.Dispose();

    [Fact]
    public void Holds_each_under_its_name_with_its_bytes_and_its_mode()
    {
        Write("docs/handbook.txt", Handbook.Bytes);
        Carry("path: docs/handbook.txt", Handbook);
        File.WriteAllBytes(Path.Combine(_release.Layout, "blobs", "sha256", Tool.Digest.Hex), Tool.Bytes);
        Carry("url: https://files.example/1.0/tool?how=fast", Tool, "0755");

        var made = _release.Bundle("out", "--compression", "none");

        var members = Members(made);
        members["infometis/files/docs/handbook.txt"].ShouldBe((Convert.ToHexString(Handbook.Bytes), "644"));
        members["infometis/files/tool"].ShouldBe((Convert.ToHexString(Tool.Bytes), "755"));
        var inventory = File.ReadAllText(Path.Combine(made, "inventory.json"));
        inventory.ShouldContain("\"infometis/files/tool\"");
        inventory.ShouldContain(Handbook.Digest.Hex);
    }

    [Fact]
    public void May_hold_what_a_link_beside_the_manifest_leads_to()
    {
        Write("real/handbook.txt", Handbook.Bytes);
        Directory.CreateSymbolicLink(_release.PathOf("docs"), "real");
        File.CreateSymbolicLink(_release.PathOf("real/link.txt"), "../real/handbook.txt");
        Carry("path: docs/link.txt", Handbook);

        var members = Members(_release.Bundle("out", "--compression", "none"));

        members["infometis/files/docs/link.txt"].ShouldBe((Convert.ToHexString(Handbook.Bytes), "644"));
    }

    [Fact]
    public void Is_not_begun_where_one_is_another_than_was_meant()
    {
        Write("docs/handbook.txt", Tool.Bytes);
        Carry("path: docs/handbook.txt", Handbook);

        var run = Refused(ExitCode.Integrity);

        run.Error.ShouldContain($"IMR4014 'docs/handbook.txt' hashes to {Tool.Digest}");
        run.Error.ShouldContain("release.yaml:");
    }

    [Fact]
    public void Is_not_begun_where_one_is_missing_and_names_all_that_are()
    {
        Carry("path: docs/handbook.txt", Handbook);
        Carry("path: docs/other.txt", Handbook);
        Carry("url: https://files.example/tool", Tool);

        var run = Refused(ExitCode.RegistrySaidNo);

        run.Error.ShouldContain("'docs/handbook.txt' cannot be taken from the folder of the manifest: it is not there");
        run.Error.ShouldContain("'docs/other.txt'");
        run.Error.ShouldContain($"tool: {Tool.Digest} is not in the store");
    }

    [Fact]
    public void Is_not_begun_where_a_folder_stands_for_one()
    {
        Directory.CreateDirectory(_release.PathOf("docs"));
        Carry("path: docs", Handbook);

        Refused(ExitCode.ManifestInvalid).Error.ShouldContain("it is a folder");
    }

    [Fact]
    public void Is_not_begun_where_a_pipe_stands_for_one()
    {
        using var made = System.Diagnostics.Process.Start("mkfifo", [_release.PathOf("pipe")]);
        made.WaitForExit();
        Carry("path: pipe", Handbook);

        Refused(ExitCode.ManifestInvalid).Error.ShouldContain("it is a pipe");
    }

    [Theory]
    [InlineData("link", "handbook.txt", "path: link")]
    [InlineData("link", ".", "path: link/handbook.txt")]
    [InlineData("link", "..", "path: link/handbook.txt")]
    public void Is_not_begun_where_a_link_leads_out(string link, string target, string path)
    {
        using var outside = new TemporaryFolder();
        outside.Write("handbook.txt", Handbook.Bytes);
        File.CreateSymbolicLink(_release.PathOf(link), Path.Combine(outside.Path, target));
        Carry(path, Handbook);

        Refused(ExitCode.ManifestInvalid).Error.ShouldContain("a symbolic link leads out of that folder");
    }

    [Fact]
    public void Is_not_begun_where_links_lead_in_a_circle()
    {
        File.CreateSymbolicLink(_release.PathOf("a"), "b");
        File.CreateSymbolicLink(_release.PathOf("b"), "a");
        Carry("path: a", Handbook);

        Refused(ExitCode.ManifestInvalid).Error.ShouldContain("symbolic links lead in a circle");
    }

    private Imrel Refused(ExitCode exitCode)
    {
        var run = _release.Run("out");
        run.ExitCode.ShouldBe(exitCode, run.Error);
        Directory.Exists(_release.PathOf("out")).ShouldBeFalse();
        return run;
    }

    private void Write(string name, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_release.PathOf(name))!);
        File.WriteAllBytes(_release.PathOf(name), bytes);
    }

    private void Carry(string source, Sample content, string mode = "0644")
    {
        var text = File.ReadAllText(_release.Manifest);
        var head = text.Contains("\nfiles:\n", StringComparison.Ordinal) ? "" : "files:\n";
        File.WriteAllText(
            _release.Manifest,
            $"{text}{head}  - {source}\n    sha256: {content.Digest.Hex}\n    mode: {mode}\n"
        );
    }

    private static Dictionary<string, (string Bytes, string Mode)> Members(string bundle)
    {
        using var archive = File.OpenRead(Directory.GetFiles(bundle, "*.tar").ShouldHaveSingleItem());
        using var tar = new TarReader(archive);
        var members = new Dictionary<string, (string, string)>();
        while (tar.GetNextEntry() is { } entry)
        {
            using var bytes = new MemoryStream();
            entry.DataStream?.CopyTo(bytes);
            members[entry.Name] = (Convert.ToHexString(bytes.ToArray()), Convert.ToString((int)entry.Mode, 8));
        }
        return members;
    }
}
