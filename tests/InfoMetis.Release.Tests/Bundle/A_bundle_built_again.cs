using InfoMetis.Release.Messages;
using InfoMetis.Release.Tests.Cli;

namespace InfoMetis.Release.Tests.Bundle;

/// <summary>imrel reproduce: rebuilt from the manifest inside it, a bundle is the same, or it is said where it differs.</summary>
public sealed class A_bundle_built_again : IDisposable
{
    private readonly SampleRelease _release = new();

    public void Dispose() => _release.Dispose();

    [Theory]
    [InlineData("zstd")]
    [InlineData("zstd", "--level", "3")]
    [InlineData("zstd", "--part-size", "70000")]
    [InlineData("gzip", "--part-size", "70000")]
    [InlineData("none")]
    public void Is_the_same_and_writes_nothing(string compression, params string[] more)
    {
        var folder = _release.Bundle("out", ["--compression", compression, .. more]);
        var before = Directory.GetFileSystemEntries(_release.PathOf("out"), "*", SearchOption.AllDirectories);

        var run = Reproduce(folder);

        run.ExitCode.ShouldBe(ExitCode.Sound, run.Error);
        run.Out.ShouldContain("built again to the same bytes");
        run.Out.ShouldContain("beside it: the same files");
        Directory.GetFileSystemEntries(_release.PathOf("out"), "*", SearchOption.AllDirectories).ShouldBe(before);
    }

    [Fact]
    public void Is_the_same_with_what_somebody_answered_for()
    {
        var text = File.ReadAllText(_release.Manifest);
        File.WriteAllText(_release.Manifest, text.Replace("pause:3.5@", "pause:3.6@", StringComparison.Ordinal));
        var folder = _release.Bundle("out", "--accept", "IMR2003=tried");

        Reproduce(folder).ExitCode.ShouldBe(ExitCode.Sound);
    }

    [Fact]
    public void Differs_where_a_byte_of_the_archive_does_and_names_the_place()
    {
        var folder = _release.Bundle("out");
        var archive = Directory.GetFiles(folder, "*.zst").Single();
        var bytes = File.ReadAllBytes(archive);
        bytes[^2000] ^= 1;
        File.WriteAllBytes(archive, bytes);

        var run = Reproduce(folder);

        run.ExitCode.ShouldBe(ExitCode.Integrity);
        run.Error.ShouldContain($"they differ first at byte {bytes.Length - 2000:N0}, in frame ");
        run.Error.ShouldContain("which begins with blobs/sha256/");
        run.Error.ShouldContain("libzstd");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(+1)]
    public void Differs_where_the_archive_ends_elsewhere(int more)
    {
        var folder = _release.Bundle("out", "--compression", "none");
        using (var archive = File.OpenWrite(Directory.GetFiles(folder, "*.tar").Single()))
            archive.SetLength(archive.Length + more);

        var run = Reproduce(folder);

        run.ExitCode.ShouldBe(ExitCode.Integrity);
        run.Error.ShouldContain("IMR5116");
    }

    [Theory]
    [InlineData("VERIFY.txt")]
    [InlineData("install.sh")]
    [InlineData("FIELD-GUIDE.md")]
    [InlineData("SHA256SUMS")]
    [InlineData("inventory.json")]
    public void Differs_where_a_file_beside_it_does(string name)
    {
        var folder = _release.Bundle("out");
        File.AppendAllText(Path.Combine(folder, name), "\n");

        var run = Reproduce(folder);

        run.ExitCode.ShouldBe(ExitCode.Integrity);
        run.Error.ShouldContain($"IMR5116 {name} is not what its release is built to here");
    }

    private Imrel Reproduce(string folder) => Imrel.Run("reproduce", folder, "--store", _release.Store, "--offline");
}
