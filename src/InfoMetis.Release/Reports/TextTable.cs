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
        for (var row = skipped; row < _rows.Count; row++)
            writer.WriteLine(Line(_rows[row], widths));
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
