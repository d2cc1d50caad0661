using System.CommandLine;
using System.CommandLine.Parsing;

namespace InfoMetis.Release.Cli.Commands;

/// <summary>Says what a word on the command line may be.</summary>
internal static class Words
{
    /// <summary>Each word as it was typed; the general way sets up converters to every type there is.</summary>
    public static string[] AsTyped(ArgumentResult result) => [.. result.Tokens.Select(token => token.Value)];

    /// <summary>An option that nobody knows is a mistake, not the name of a file; a file of that name is ./-name.</summary>
    public static void RefuseOptions(Argument argument) =>
        argument.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
            {
                if (token.Value.StartsWith('-'))
                    result.AddError($"'{token.Value}' is not an option of this command.");
            }
        });
}
