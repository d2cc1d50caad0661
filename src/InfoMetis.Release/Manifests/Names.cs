namespace InfoMetis.Release.Manifests;

/// <summary>Names that people give to releases, images and stacks: short, and safe in a file name or a shell.</summary>
internal static class Names
{
    public const string Rule =
        "lower-case letters, digits and single dashes, at most 63, starting and ending with a letter or digit";

    public const string VersionRule =
        "a version such as 1.18.1: letters, digits, '.', '_', '+', '-', at most 128, starting with a letter or digit";

    private const int Longest = 63;
    private const int LongestVersion = 128;

    public static bool IsName(string text) =>
        text.Length is >= 1 and <= Longest
        && text[0] != '-'
        && text[^1] != '-'
        && !text.Contains("--", StringComparison.Ordinal)
        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    /// <summary>Whether a text can be the version of an image, whatever scheme its makers number by.</summary>
    public static bool IsVersion(string text) =>
        text.Length is >= 1 and <= LongestVersion
        && char.IsAsciiLetterOrDigit(text[0])
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '+' or '-');
}
