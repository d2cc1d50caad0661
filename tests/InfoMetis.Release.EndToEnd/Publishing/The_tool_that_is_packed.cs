using System.IO.Compression;
using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.EndToEnd.Publishing;

public sealed class The_tool_that_is_packed : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    private static string Package => Directory.GetFiles(Published.Folder, "*.nupkg").ShouldHaveSingleItem();

    [PublishedFact("dotnet")]
    public async Task Is_installed_from_a_folder_and_runs()
    {
        // No source but this one: where else packages come from is not asked.
        var sources = _scratch.Write(
            "sources.config",
            "<configuration><packageSources><clear /></packageSources></configuration>"
        );
        string[] install = ["tool", "install", "InfoMetis.Release.Cli", "--tool-path", _scratch.PathOf("tools")];
        var installed = await new Run(
            "dotnet",
            [.. install, "--add-source", Published.Folder, "--configfile", sources]
        ).ToEndAsync();
        installed.ExitCode.ShouldBe(0, installed.Output + installed.Error);

        var imrel = _scratch.PathOf("tools", "imrel");
        (await new Run(imrel, "--version").ToEndAsync()).ShouldBe(new Finished(0, $"{Published.Version}\n", ""));
        var check = await new Run(imrel, "check", "releases/v0.5.0.yaml").ToEndAsync();
        check.ExitCode.ShouldBe(10, check.Error);
        check.Output.ShouldContain("11 of 24 images unpinned");
    }

    /// <summary>It needs the whole of .NET only when it serves, and finds it then.</summary>
    [PublishedFact]
    public void Is_one_package_for_every_machine()
    {
        using var package = ZipFile.OpenRead(Package);

        var names = package.Entries.Select(entry => entry.FullName).ToList();
        names.ShouldContain("tools/net10.0/any/imrel.dll");
        names.ShouldNotContain(name => name.EndsWith(".pdb", StringComparison.Ordinal));
        Path.GetFileName(Package).ShouldStartWith($"InfoMetis.Release.Cli.{Published.Version.Split('+')[0]}.");
    }

    public void Dispose() => _scratch.Dispose();
}
