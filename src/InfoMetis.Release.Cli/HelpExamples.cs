using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace InfoMetis.Release.Cli;

/// <summary>Help that ends with command lines to copy.</summary>
internal sealed class HelpExamples(SynchronousCommandLineAction help, IReadOnlyList<string> examples)
    : SynchronousCommandLineAction
{
    public static void AddTo(Command command, params string[] examples)
    {
        var option = command.Options.OfType<HelpOption>().FirstOrDefault();
        if (option is null)
        {
            option = new HelpOption();
            command.Options.Add(option);
        }
        option.Action = new HelpExamples((SynchronousCommandLineAction)option.Action!, examples);
    }

    public override int Invoke(ParseResult parseResult)
    {
        var exitCode = help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (var example in examples)
            output.WriteLine($"  {example}");
        return exitCode;
    }
}
