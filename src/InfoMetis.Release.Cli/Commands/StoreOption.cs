using System.CommandLine;
using InfoMetis.Release.Store;

namespace InfoMetis.Release.Cli.Commands;

/// <summary>The option that says where verified content is kept.</summary>
internal static class StoreOption
{
    public static Option<string?> Create() =>
        new("--store")
        {
            Description = "Keep verified content in this folder (default: $XDG_CACHE_HOME/imrel)",
            HelpName = "DIR",
        };

    public static ContentStore Open(this ParseResult parsed, Option<string?> option, Terminal terminal) =>
        ContentStore.At(parsed.GetValue(option) ?? Default(terminal.Environment), terminal.Clock);

    private static string Default(IReadOnlyDictionary<string, string> environment)
    {
        var cache = environment.GetValueOrDefault("XDG_CACHE_HOME");
        if (string.IsNullOrEmpty(cache) || !Path.IsPathRooted(cache))
            cache = Path.Combine(environment.GetValueOrDefault("HOME") ?? Path.GetTempPath(), ".cache");
        return Path.Combine(cache, "imrel");
    }
}
