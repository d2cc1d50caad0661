using InfoMetis.Release.Bundle;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Tests.Bundle;

public sealed class Finding_the_files_of_a_bundle : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void In_a_folder_finds_the_archive_and_what_lies_beside_it()
    {
        Write("a-1.0.0.tar.zst", "SHA256SUMS", "install.sh");
        var files = BundleFiles.Find([_folder.Path]);
        (files.Archive, files.Count, files.IsFolder).ShouldBe(("a-1.0.0.tar.zst", 1, true));
        files.Pieces.Select(file => file.Name).ShouldBe(["a-1.0.0.tar.zst"]);
        files.Others.Select(file => file.Name).ShouldBe(["SHA256SUMS", "install.sh"]);
        files.Beside("install.sh")!.Path.ShouldBe(_folder.File("install.sh"));
        files.Beside("inventory.json").ShouldBeNull();
    }

    [Fact]
    public void Puts_parts_in_order_and_names_those_that_lack()
    {
        Write("a.tar.gz.part01of04", "a.tar.gz.part03of04");
        var files = BundleFiles.Find([_folder.File("a.tar.gz.part03of04"), _folder.File("a.tar.gz.part01of04")]);
        (files.Archive, files.Count, files.IsFolder).ShouldBe(("a.tar.gz", 4, false));
        files.Pieces.Select(file => file.Name).ShouldBe(["a.tar.gz.part01of04", "a.tar.gz.part03of04"]);
        files.Missing.ShouldBe(["a.tar.gz.part02of04", "a.tar.gz.part04of04"]);
    }

    [Fact]
    public void Looks_beside_the_part_that_has_the_list_of_hashes_with_it()
    {
        Write("a.tar.part01of02");
        using var other = new TemporaryFolder();
        other.Write("a.tar.part02of02", []);
        other.Write("SHA256SUMS", []);
        BundleFiles
            .Find([_folder.File("a.tar.part01of02"), other.File("a.tar.part02of02")])
            .Folder.ShouldBe(other.Path);
    }

    [Fact]
    public void Tells_a_link_and_a_folder_from_a_file()
    {
        Write("a.tar");
        File.CreateSymbolicLink(_folder.File("link"), "/dev/zero");
        Directory.CreateDirectory(_folder.File("folder"));
        BundleFiles
            .Find([_folder.Path])
            .Others.Select(file => (file.Name, file.IsRegular))
            .ShouldBe([("folder", false), ("link", false)]);
    }

    [Theory]
    [InlineData("there is no archive in it", "install.sh")]
    [InlineData("are of different archives", "a.tar", "b.tar")]
    [InlineData("are of different archives", "a.tar", "a.tar.part01of02")]
    [InlineData("are of different archives", "a.tar.part01of02", "a.tar.part02of03")]
    public void Refuses_a_folder_that_is_not_one_bundle(string reason, params string[] names)
    {
        Write(names);
        Refusal(_folder.Path).ShouldContain(reason);
    }

    [Fact]
    public void Refuses_what_is_no_archive_and_no_part_of_one()
    {
        Write("a.tar", "notes.txt", "a.tar.part00of02", "a.tar.part3of2", "a.tar.part001of004", ".part01of02");
        Refusal(_folder.File("absent.tar")).ShouldContain("there is no such file");
        Refusal(_folder.File("notes.txt")).ShouldContain("neither as an archive nor as a part");
        Refusal(_folder.File("a.tar.part00of02")).ShouldContain("neither as an archive nor as a part");
        Refusal(_folder.File("a.tar.part3of2")).ShouldContain("neither as an archive nor as a part");
        Refusal(_folder.File("a.tar.part001of004")).ShouldContain("neither as an archive nor as a part");
        Refusal(_folder.File(".part01of02")).ShouldContain("neither as an archive nor as a part");
        Refusal(_folder.File("a.tar"), _folder.Path).ShouldContain("a folder is named alone");
        Refusal(_folder.File("a.tar"), _folder.File("a.tar")).ShouldContain("named twice");
    }

    public void Dispose() => _folder.Dispose();

    private static string Refusal(params string[] paths)
    {
        var finding = Should.Throw<ReleaseException>(() => BundleFiles.Find(paths)).Finding;
        finding.Code.ShouldBe(Codes.NotABundle);
        return finding.Fact;
    }

    private void Write(params string[] names)
    {
        foreach (var name in names)
            _folder.Write(name, []);
    }
}
