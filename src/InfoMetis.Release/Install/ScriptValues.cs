namespace InfoMetis.Release.Install;

/// <summary>What install.sh knows of its bundle before it has read a file of it.</summary>
/// <param name="K0s">The k0s release that the images were judged against.</param>
/// <param name="Kind">How the archive is packed: zstd, gzip or none.</param>
/// <param name="Tool">The version of imrel that made the bundle.</param>
public sealed record ScriptValues(string Name, string Version, string Platform, string K0s, string Kind, string Tool)
{
    /// <summary>Whether a text may stand in the script: such that no shell sees anything in it but itself.</summary>
    public static bool IsPlain(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '+' or '-' or '/');

    internal IReadOnlyDictionary<string, string> ByMark =>
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["@NAME@"] = Name,
            ["@VERSION@"] = Version,
            ["@PLATFORM@"] = Platform,
            ["@K0S@"] = K0s,
            ["@KIND@"] = Kind,
            ["@TOOL@"] = Tool,
        };
}
