namespace InfoMetis.Release.Reports;

/// <summary>Columns as wide as their widest cell, two blanks apart; the last one runs free.</summary>
public sealed class TextTable(params string[] headings)
{
    private const int Gap = 2;

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
        foreach (var row in _rows.Skip(skipped))
            writer.WriteLine(Line(row, widths));
    }

    private static string Line(string[] row, int[] widths)
    {
        var line = new System.Text.StringBuilder();
        for (var column = 0; column < row.Length; column++)
            line.Append(row[column].PadRight(widths[column] + Gap));
        return line.ToString().TrimEnd();
    }
}
