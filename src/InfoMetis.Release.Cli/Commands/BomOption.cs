using System.CommandLine;
using InfoMetis.Release.Coupling;

namespace InfoMetis.Release.Cli.Commands;

/// <summary>The option that puts a folder in the place of the built-in catalogue and rules.</summary>
internal static class BomOption
{
    public static Option<string?> Create() =>
        new("--bom") { Description = "Judge by the files of this folder instead of those built in", HelpName = "DIR" };

    public static BomFolder Folder(this ParseResult result, Option<string?> option) =>
        result.GetValue(option) is { } path ? BomFolder.At(path) : BomFolder.BuiltIn;
}
