namespace InfoMetis.Release.Reports;

/// <summary>
/// Columns as wide as their widest cell, two blanks apart. The last one runs free; where that would be beyond 80 columns, each of its
/// cells stands below its row.
/// </summary>
public sealed class TextTable(params string[] headings)
{
    /// <summary>What every terminal shows of a line.</summary>
    internal const int Width = 80;

    private const int Gap = 2;
    private const string Margin = "    ";

    private readonly List<string[]> _rows = [headings];

    public void Add(params string[] cells) => _rows.Add(cells);

    public void Write(TextWriter writer) => Write(writer, skipped: 0);

    /// <summary>Without the headings.</summary>
    public void WriteRows(TextWriter writer) => Write(writer, skipped: 1);

    private void Write(TextWriter writer, int skipped)
    {
        var widths = new int[headings.Length];
        foreach (var row in _rows)
        {
            for (var column = 0; column < row.Length; column++)
                widths[column] = Math.Max(widths[column], row[column].Length);
        }
        var isBelow = widths.Sum() + Gap * (widths.Length - 1) > Width;
        for (var row = skipped; row < _rows.Count; row++)
        {
            var cells = _rows[row];
            writer.WriteLine(Line(isBelow ? cells[..^1] : cells, widths));
            if (isBelow)
                writer.WriteLine(Margin + cells[^1]);
        }
    }

    private static string Line(string[] row, int[] widths)
    {
        var line = new System.Text.StringBuilder();
        for (var column = 0; column < row.Length; column++)
        {
            line.Append(row[column]);
            // One by one: filling a span is compiled for this processor, which takes longer than a table ever will.
            for (var i = row[column].Length; i < widths[column] + Gap; i++)
                line.Append(' ');
        }
        return line.ToString().TrimEnd();
    }
}
