using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace InfoMetis.Release.Bundle;

/// <summary>What a piece of an archive is called: ARCHIVE.part01of04, or ARCHIVE alone where there are no parts.</summary>
/// <param name="Number">From 1 on.</param>
/// <param name="Count">Zero where there are no parts.</param>
internal sealed record PartName(string Archive, int Number, int Count)
{
    private const string Mark = ".part";
    private const string Of = "of";
    private const int FewestDigits = 2;
    private const int MostDigits = 5;

    public static PartName Whole(string archive) => new(archive, Number: 1, Count: 0);

    /// <summary>Reads the one way in which the name of a part is written.</summary>
    public static bool TryParse(string file, [NotNullWhen(true)] out PartName? part)
    {
        part = null;
        var mark = file.LastIndexOf(Mark, StringComparison.Ordinal);
        if (mark < 1 || file[(mark + Mark.Length)..].Split(Of) is not [var number, var count])
            return false;
        var read = new PartName(file[..mark], Digits(number), Digits(count));
        part = read.Number >= 1 && read.Number <= read.Count && read.ToString() == file ? read : null;
        return part is not null;
    }

    public override string ToString()
    {
        var digits = Math.Max(FewestDigits, Digits(Count, 1).Length);
        return Count == 0 ? Archive : $"{Archive}{Mark}{Digits(Number, digits)}{Of}{Digits(Count, digits)}";
    }

    private static string Digits(int number, int digits) =>
        number.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');

    private static int Digits(string text) =>
        text.Length <= MostDigits && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;
}
