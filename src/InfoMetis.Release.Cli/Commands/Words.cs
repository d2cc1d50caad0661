using System.CommandLine;
using System.CommandLine.Parsing;

namespace InfoMetis.Release.Cli.Commands;

/// <summary>Says what a word on the command line may be.</summary>
internal static class Words
{
    /// <summary>A word that can only be the name of a file: no option in any of its forms, nothing to split or to expand.</summary>
    public static bool IsPlain(string word)
    {
        foreach (var character in word)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('/' or '.' or '_' or '-'))
                return false;
        }
        return word is not ("" or "/h") && word[0] != '-';
    }

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

    /// <summary>The one word given to an option; null where there is none, or more, which the parser tells.</summary>
    public static string? Of(CommandResult result, Option option) =>
        result.GetResult(option) is { Tokens: [var token] } ? token.Value : null;
}
