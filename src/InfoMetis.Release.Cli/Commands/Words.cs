using System.CommandLine;

namespace InfoMetis.Release.Cli.Commands;

/// <summary>Says what a word on the command line may be.</summary>
internal static class Words
{
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
