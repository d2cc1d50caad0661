using System.CommandLine;

namespace InfoMetis.Release.Cli.Commands;

/// <summary>The option that chooses images, the same in every command; what it was called in one of them before is taken as well.</summary>
internal static class ImagesOption
{
    private const string Former = "--image";

    public static Option<string[]> Create(string what)
    {
        var option = new Option<string[]>("--images", Former)
        {
            Description = $"{what}, by their names in the manifest or any name that a pod may use, with commas between",
            HelpName = "NAME",
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => NamesIn(token.Value).Length == 0))
                result.AddError("--images takes names with commas between, as in --images kafka,grafana.");
        });
        return option;
    }

    public static string[] Names(this ParseResult parsed, Option<string[]> option) =>
        [.. (parsed.GetValue(option) ?? []).SelectMany(NamesIn)];

    private static string[] NamesIn(string value) =>
        value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
