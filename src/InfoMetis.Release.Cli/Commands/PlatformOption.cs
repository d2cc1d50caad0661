using System.CommandLine;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Cli.Commands;

/// <summary>The option that names platforms: several times, or several with commas between them.</summary>
internal static class PlatformOption
{
    /// <param name="others">Words that stand for platforms without being one.</param>
    public static Option<string[]> Create(string description, params string[] others)
    {
        var option = new Option<string[]>("--platform") { Description = description, HelpName = "PLATFORM" };
        option.CompletionSources.Add([.. others, .. Platform.Known]);
        option.Validators.Add(result =>
        {
            foreach (var name in Names(result.GetValue(option)))
            {
                if (!others.Contains(name) && !Platform.TryParse(name, out _))
                    result.AddError(
                        $"'{name}' is not a platform known here; known are {string.Join(", ", Platform.Known)}."
                    );
            }
        });
        return option;
    }

    public static IReadOnlyList<string> PlatformNames(this ParseResult parsed, Option<string[]> option) =>
        [.. Names(parsed.GetValue(option))];

    public static IReadOnlyList<Platform> Platforms(this ParseResult parsed, Option<string[]> option) =>
        [.. Names(parsed.GetValue(option)).Select(Platform.Parse).Distinct()];

    private static IEnumerable<string> Names(string[]? values) =>
        (values ?? []).SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries));
}
