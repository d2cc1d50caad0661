using InfoMetis.Release.Manifests;

namespace InfoMetis.Release.Bundle;

/// <summary>Names that would lead out of a folder, or that mean something else on another system than they say.</summary>
internal static class MemberName
{
    /// <summary>What fits into any ustar header that a bundle has.</summary>
    private const int Longest = 100;

    /// <summary>Why a name is refused, as far as the name itself goes; null where it is harmless.</summary>
    public static string? Objection(string name, IReadOnlyCollection<string> seen) =>
        name.Length == 0 ? "it has no name"
        : name.StartsWith('/') ? "its path is absolute"
        : name.Contains('\\', StringComparison.Ordinal) ? "its path has a backslash"
        : name.Contains(':', StringComparison.Ordinal) ? "its path has a colon"
        : name.Any(char.IsControl) ? "its path has a control character"
        : name.Split('/') is var parts && parts.Contains("..") ? "its path leads out of the archive"
        : parts.Any(part => part is "" or ".") ? "its path is not written in the shortest way"
        : parts.Any(ReservedName.Is) ? "a part of its path is a name that Windows reserves"
        : seen.Contains(name) ? "it is there twice"
        : seen.Contains(name, StringComparer.OrdinalIgnoreCase) ? "it differs from another only in the case of letters"
        : null;

    /// <summary>Whether a path below a folder is one that a bundle may have: plain, short and harmless.</summary>
    public static bool IsPlain(string path) =>
        path.Length is > 0 and <= Longest
        && path.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '+' or '-' or '/')
        && Objection(path, []) is null
        && path.Split('/').All(part => part[0] != '-');
}
