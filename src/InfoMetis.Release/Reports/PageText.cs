using System.Text;

namespace InfoMetis.Release.Reports;

/// <summary>
/// A page of the documentation as every terminal shows it: sentences are broken between words. Examples and tables stay as they are, and so
/// does what stands in backticks: it is there to be copied.
/// </summary>
public static class PageText
{
    private const string Fence = "```";
    private const string Item = "- ";

    public static string Of(string page)
    {
        var text = new StringBuilder(page.Length);
        var paragraph = new List<string>();
        var isExample = false;
        foreach (var line in page.TrimEnd('\n').Split('\n'))
        {
            var isFence = line.StartsWith(Fence, StringComparison.Ordinal);
            var isProse = !isExample && !isFence && line is not ("" or ['#' or '|', ..]);
            if (!isProse || line.StartsWith(Item, StringComparison.Ordinal))
                Flush();
            if (isProse)
                paragraph.AddRange(Words(line));
            else
                text.Append(line).Append('\n');
            isExample ^= isFence;
        }
        Flush();
        return text.ToString();

        void Flush()
        {
            Write(paragraph, text);
            paragraph.Clear();
        }
    }

    private static void Write(List<string> words, StringBuilder text)
    {
        // What follows the first line of an item stands below its words.
        var margin = words is ["-", ..] ? new string(' ', Item.Length) : "";
        var width = 0;
        foreach (var word in words)
        {
            var isFirst = width == 0;
            if (!isFirst && width + 1 + word.Length > TextTable.Width)
            {
                text.Append('\n').Append(margin);
                width = margin.Length;
            }
            else if (!isFirst)
            {
                text.Append(' ');
                width++;
            }
            text.Append(word);
            width += word.Length;
        }
        if (width > 0)
            text.Append('\n');
    }

    private static IEnumerable<string> Words(string line)
    {
        var begin = 0;
        var isCode = false;
        for (var at = 0; at < line.Length; at++)
        {
            isCode ^= line[at] == '`';
            if (line[at] != ' ' || isCode)
                continue;
            if (at > begin)
                yield return line[begin..at];
            begin = at + 1;
        }
        if (begin < line.Length)
            yield return line[begin..];
    }
}
