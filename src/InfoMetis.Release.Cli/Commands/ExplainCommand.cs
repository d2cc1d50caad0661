using System.CommandLine;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Reports;
using InfoMetis.Release.Yaml;

namespace InfoMetis.Release.Cli.Commands;

/// <summary><c>imrel explain</c>: the documentation page of a message, without a network.</summary>
internal static class ExplainCommand
{
    public static Command Create(Session session)
    {
        var code = new Argument<string?>("CODE")
        {
            HelpName = "CODE",
            Description = "The code of a message; without it all codes are listed",
            Arity = ArgumentArity.ZeroOrOne,
        };
        code.CompletionSources.Add([.. MessagePages.Codes]);
        var command = new Command("explain", "Print what a message means and what to do about it") { code };
        command.SetAction(parsed => session.Run(parsed, () => Explain(parsed.GetValue(code), session.Terminal.Out)));
        HelpExamples.AddTo(command, "imrel explain IMR2003", "imrel explain");
        return command;
    }

    private static Outcome Explain(string? asked, TextWriter writer)
    {
        if (asked is null)
        {
            foreach (var code in MessagePages.Codes)
                writer.WriteLine($"{code}  {MessagePages.Title(code)}");
            return Outcome.Sound;
        }
        var wanted = asked.ToUpperInvariant();
        var page =
            MessagePages.Find(wanted)
            ?? throw new ReleaseException(Message.UnknownCode(asked, Nearest.Of(wanted, MessagePages.Codes)));
        writer.Write(PageText.Of(page));
        return Outcome.Sound;
    }
}
