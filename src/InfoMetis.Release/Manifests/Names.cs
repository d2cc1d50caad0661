namespace InfoMetis.Release.Manifests;

/// <summary>Names that people give to releases, images and stacks: short, and safe in a file name or a shell.</summary>
internal static class Names
{
    public const string Rule =
        "lower-case letters, digits and single dashes, at most 63, starting and ending with a letter or digit";

    private const int Longest = 63;

    public static bool IsName(string text) =>
        text.Length is >= 1 and <= Longest
        && text[0] != '-'
        && text[^1] != '-'
        && !text.Contains("--", StringComparison.Ordinal)
        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
