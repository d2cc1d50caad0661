using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Reports;

/// <summary>Colours that mean something, or none.</summary>
public sealed class Palette
{
    private readonly bool _colored;

    private Palette(bool colored) => _colored = colored;

    public static Palette None { get; } = new(colored: false);
    public static Palette Ansi { get; } = new(colored: true);

    public string Of(Severity severity, string text) =>
        severity switch
        {
            Severity.Error => Bad(text),
            Severity.Warning => Paint("33", text),
            _ => Paint("36", text),
        };

    public string Good(string text) => Paint("32", text);

    /// <summary>What heads a part of it.</summary>
    public string Strong(string text) => Paint("1", text);

    public string Bad(string text) => Paint("31", text);

    private string Paint(string code, string text) => _colored ? $"\e[{code}m{text}\e[0m" : text;
}
