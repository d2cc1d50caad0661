namespace InfoMetis.Release.Cli;

/// <summary>
/// What is said under a name, beside it. What does not fit into 80 columns goes on below, between words; a word that does not fit
/// there either, such as a digest, stands on a line of its own, as far to the right as it can.
/// </summary>
internal sealed class Labelled(TextWriter writer, int indent)
{
    /// <summary>As wide as what is said of keys needs it.</summary>
    public const int OfKeys = 13;

    /// <summary>As wide as what is said of bundles needs it.</summary>
    public const int OfBundles = 11;

    private const int Width = 80;
    private const int LeastIndent = 2;

    public void Write(string label, string said) => Write(label, said, paint: text => text);

    /// <param name="paint">Gives a line its colour.</param>
    public void Write(string label, string said, Func<string, string> paint)
    {
        var (before, line) = (label.PadRight(indent), "");
        foreach (var word in said.Split(' '))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (before.Length + longer.Length <= Width)
            {
                line = longer;
                continue;
            }
            End();
            (before, line) = (new string(' ', Math.Clamp(Width - word.Length, LeastIndent, indent)), word);
        }
        End();

        void End() => writer.WriteLine(line.Length == 0 ? before.TrimEnd() : before + paint(line));
    }
}
