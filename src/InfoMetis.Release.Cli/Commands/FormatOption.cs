using System.CommandLine;

namespace InfoMetis.Release.Cli.Commands;

/// <summary>The option that chooses how a result is written; the first format is the default.</summary>
internal static class FormatOption
{
    public static Option<string> Create(params string[] formats)
    {
        var option = new Option<string>("--format")
        {
            Description = "How to write the result",
            DefaultValueFactory = _ => formats[0],
        };
        option.AcceptOnlyFromAmong(formats);
        return option;
    }
}
