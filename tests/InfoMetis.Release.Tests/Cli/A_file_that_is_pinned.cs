using System.Text;
using InfoMetis.Release.Cli;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Tests.Cli;

public sealed class A_file_that_is_pinned : UpstreamTest
{
    private const UnixFileMode Mode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherExecute;

    [Theory]
    [InlineData("\n", false)]
    [InlineData("\r\n", false)]
    [InlineData("\r\n", true)]
    [InlineData("\r", true)]
    public void Keeps_its_byte_order_mark_and_its_line_ends(string ending, bool isMarked)
    {
        var (file, digest) = OneImage(ending, isMarked, "");

        Run("pin", file).ExitCode.ShouldBe(ExitCode.Sound);

        File.ReadAllBytes(file).ShouldBe(File.ReadAllBytes(OneImage(ending, isMarked, $"@{digest}").File));
    }

    [Fact]
    public void Keeps_its_mode_and_leaves_nothing_beside_it()
    {
        var (file, digest) = OneImage("\n", isMarked: false, "");
        File.SetUnixFileMode(file, Mode);

        Run("pin", file);

        File.ReadAllText(file).ShouldContain(digest.Hex);
        File.GetUnixFileMode(file).ShouldBe(Mode);
        Directory.GetFiles(Folder.Path).ShouldBe([file]);
    }

    [Fact]
    public void Stays_where_a_link_to_it_points()
    {
        var (file, digest) = OneImage("\n", isMarked: false, "");
        var link = File.CreateSymbolicLink(Folder.File("link.yaml"), "release.yaml").FullName;

        Run("pin", link).ExitCode.ShouldBe(ExitCode.Sound);

        File.ResolveLinkTarget(link, returnFinalTarget: false).ShouldNotBeNull();
        File.ReadAllText(file).ShouldContain(digest.Hex);
    }

    [Fact]
    public void Is_not_written_over_a_change_that_somebody_made_meanwhile()
    {
        var (file, _) = OneImage("\n", isMarked: false, "");
        Registry.Next(
            "/team/nifi/",
            async context =>
            {
                await File.AppendAllTextAsync(file, "# mine\n");
                await Registry.ServeAsync(context);
            }
        );

        var run = Run("pin", file);

        run.ExitCode.ShouldBe(ExitCode.ManifestInvalid);
        run.Out.ShouldContain($"error {Codes.ManifestChanged} ");
        run.Out.ShouldEndWith("; nothing is written\n");
        File.ReadAllText(file).ShouldEndWith("# mine\n");
        File.ReadAllText(file).ShouldNotContain("@sha256");
        Directory.GetFiles(Folder.Path).ShouldBe([file]);
    }

    [Fact]
    public void Is_refused_where_it_has_other_faults_before_anything_is_asked()
    {
        var text = Text("team/nifi:1", "team/kafka:2").Replace("k0s: v1", "k0s: 1", StringComparison.Ordinal);
        var file = Written(text);

        var run = Run("pin", file);

        run.ExitCode.ShouldBe(ExitCode.ManifestInvalid);
        run.Error.ShouldContain(Codes.BadK0sVersion);
        run.Error.ShouldNotContain(Codes.Unpinned);
        run.Out.ShouldBeEmpty();
        Registry.Requests.ShouldBeEmpty();
        File.ReadAllText(file).ShouldBe(text);
    }

    [Fact]
    public void Keeps_the_references_that_it_could_not_edit_safely()
    {
        var kafka = Index("team/kafka", "2", "linux/amd64");
        Index("team/nifi", "1", "linux/amd64");
        string Anchored(params string[] images) =>
            Text(images)
                .Replace(
                    $"image: {Registry.Host}/team/nifi",
                    $"image: &a {Registry.Host}/team/nifi",
                    StringComparison.Ordinal
                );
        var file = Written(Anchored("team/nifi:1", "team/kafka:2"));

        var run = Run("pin", file);

        run.ExitCode.ShouldBe(ExitCode.ManifestInvalid);
        run.Out.ShouldContain($"error {Codes.PinNotEditable} nifi ");
        run.Out.ShouldContain("nifi   1    none  failed\n");
        File.ReadAllText(file).ShouldBe(Anchored("team/nifi:1", $"team/kafka:2@{kafka}"));
    }

    [Theory]
    [InlineData("linux/amd65")]
    [InlineData("linux/amd64,,linux/arm64")]
    public void Is_not_asked_for_where_a_platform_is_misspelt(string platform)
    {
        var run = Run("pin", Manifest("team/nifi:1"), "--platform", platform);

        run.ExitCode.ShouldBe(ExitCode.Usage);
        run.Error.ShouldContain("known are linux/386");
    }

    [Fact]
    public void Is_not_written_where_its_folder_is_gone() =>
        Should
            .Throw<ReleaseException>(() => ManifestFile.Replace(Folder.File("no/release.yaml"), "a", "b"))
            .Finding.Code.ShouldBe(Codes.DiskFault);

    private (string File, Digest Digest) OneImage(string ending, bool isMarked, string pin)
    {
        var digest = Index("team/nifi", "1", "linux/amd64");
        var text = Text($"team/nifi:1{pin}").Replace("\n", ending, StringComparison.Ordinal);
        return (Written(isMarked ? $"\uFEFF{text}" : text), digest);
    }
}
