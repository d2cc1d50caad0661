using System.Diagnostics;
using InfoMetis.Release.Deployment;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Tests.Deployment;

public sealed class A_folder_of_YAML : IDisposable
{
    private readonly DeployedFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Is_read_to_its_depth_in_order()
    {
        var files = new[] { "a.yaml", "a/b/c.yml", "a/z.JSON", "b.yaml" }.Select(n => _folder.Write(n, "")).ToList();
        _folder.Write("a/read.me", "");
        _folder.Write("yaml", "");

        Find(10, _folder.Root).ShouldBe(files);
    }

    [Fact]
    public void Keeps_the_path_as_it_was_named()
    {
        var file = _folder.Write("a/b.yaml", "");
        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), _folder.Root);

        Find(10, relative).ShouldBe([Path.Join(relative, "a/b.yaml")]);
        Find(10, relative, file).Count.ShouldBe(1);
    }

    [Fact]
    public void May_hold_links_to_files_but_links_to_folders_are_only_named()
    {
        var file = _folder.Write("a/b.yaml", "");
        var link = Path.Join(_folder.Root, "c.yaml");
        var loop = Path.Join(_folder.Root, "a", "loop");
        File.CreateSymbolicLink(link, file);
        Directory.CreateSymbolicLink(loop, _folder.Root);
        var findings = new List<Finding>();

        DeployedFiles.Find([_folder.Root], 10, findings).ShouldBe([file, link]);

        var finding = findings.ShouldHaveSingleItem();
        finding.Code.ShouldBe(Codes.DeploymentUnread);
        finding.Place!.File.ShouldBe(loop);
        DeployedFiles.Find([loop], 10, []).Count.ShouldBe(2);
    }

    [Fact]
    public void Without_any_is_named_once()
    {
        _folder.Write("read.me", "");

        var finding = _folder
            .Check("1.23.17", _folder.Root, _folder.Root)
            .FindAll(f => f.Code != Codes.NeverDeployed)
            .ShouldHaveSingleItem();

        finding.Code.ShouldBe(Codes.DeploymentUnread);
        finding.Fact.ShouldContain(_folder.Root);
    }

    [Fact]
    public void With_too_many_is_read_in_part_and_says_so()
    {
        var files = Enumerable.Range(0, 5).Select(n => _folder.Write($"{n}.yaml", "")).ToList();
        var findings = new List<Finding>();

        DeployedFiles.Find([_folder.Root], 3, findings).ShouldBe(files[..3]);

        var finding = findings.ShouldHaveSingleItem();
        finding.Code.ShouldBe(Codes.DeploymentUnread);
        finding.Place!.File.ShouldBe(files[3]);
        Find(5, _folder.Root).ShouldBe(files);
    }

    [Fact]
    public void That_does_not_exist_is_an_error()
    {
        var finding = _folder.Check("1.23.17", Path.Join(_folder.Root, "absent"))[0];

        finding.Code.ShouldBe(Codes.Unreadable);
        finding.Severity.ShouldBe(Severity.Error);
    }

    [Fact]
    public void Is_not_needed_for_a_file_that_is_named_whatever_its_name()
    {
        var file = _folder.Write("manifest", DeployedFolder.Pod("nginx:1"));

        _folder.Check("1.23.17", file)[0].Code.ShouldBe(Codes.DeployedNotInRelease);
    }

    [Fact]
    public void With_a_broken_link_names_it()
    {
        File.CreateSymbolicLink(Path.Join(_folder.Root, "gone.yaml"), Path.Join(_folder.Root, "nowhere"));

        _folder.Check("1.23.17", _folder.Root)[0].Fact.ShouldContain("there is no such file");
    }

    [Fact]
    public async Task With_a_pipe_names_it_and_waits_for_nobody()
    {
        var pipe = Path.Join(_folder.Root, "pipe.yaml");
        var link = Path.Join(_folder.Root, "link.yaml");
        using (var made = Process.Start("mkfifo", [pipe]))
            await made.WaitForExitAsync();
        File.CreateSymbolicLink(link, pipe);
        var empty = _folder.Write("empty.yaml", "");
        var findings = new List<Finding>();

        DeployedFiles.Find([_folder.Root], 10, findings).ShouldBe([empty]);

        findings.ShouldAllBe(finding => finding.Code == Codes.DeploymentUnread);
        findings.Select(finding => finding.Place!.File).ShouldBe([pipe, link], ignoreOrder: true);
        DeployedFiles.Find([pipe], 10, []).ShouldBe([pipe]);
    }

    private static IReadOnlyList<string> Find(int limit, params string[] paths)
    {
        var findings = new List<Finding>();
        var files = DeployedFiles.Find(paths, limit, findings);
        findings.ShouldBeEmpty();
        return files;
    }
}
