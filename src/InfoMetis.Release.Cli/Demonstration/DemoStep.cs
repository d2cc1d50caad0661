using System.Text.RegularExpressions;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Cli.Demonstration;

/// <summary>A command as a user would type it in the folder of the demo.</summary>
/// <param name="Title">What it is for.</param>
/// <param name="Template">The command, each path in it in braces.</param>
internal sealed partial record DemoStep(string Title, string Template)
{
    private const string Ours = "imrel ";

    /// <summary>Where it is shown that something is refused, another than 0.</summary>
    public ExitCode Expected { get; init; } = ExitCode.Sound;

    public bool IsOurs => Template.StartsWith(Ours, StringComparison.Ordinal);

    /// <summary>As it is typed.</summary>
    public string Line => Path().Replace(Template, "${path}");

    /// <summary>A word as a shell takes it for one.</summary>
    public static string Quoted(string word) =>
        word.All(sign => char.IsAsciiLetterOrDigit(sign) || "/._-".Contains(sign, StringComparison.Ordinal))
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>What imrel is given, wherever the demo was started.</summary>
    public IReadOnlyList<string> Arguments(string folder) =>
        [
            .. Template[Ours.Length..]
                .Split(' ')
                .Select(word =>
                    Path().Replace(word, path => System.IO.Path.Combine(folder, path.Groups["path"].Value))
                ),
        ];

    [GeneratedRegex(@"\{(?<path>[^{}]+)\}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Path();
}
