using System.Diagnostics.CodeAnalysis;

namespace InfoMetis.Release.Manifests;

/// <summary>
/// A k0s release: the Kubernetes it carries and the build of k0s around it. <c>v1.23.17+k0s.0</c> and
/// <c>v1.23.17+k0s.1</c> are different releases, so what semantic versions call build metadata counts here.
/// </summary>
public readonly record struct K0sVersion : IComparable<K0sVersion>
{
    private const string BuildMark = "+k0s.";
    private const int LongestNumber = 6;

    private K0sVersion(int major, int minor, int patch, int build) =>
        (Major, Minor, Patch, Build) = (major, minor, patch, build);

    public int Major { get; }
    public int Minor { get; }
    public int Patch { get; }
    public int Build { get; }

    public string Kubernetes => $"{Major}.{Minor}.{Patch}";

    /// <summary>As image tags write it, which may not hold a plus.</summary>
    public string Tag => $"v{Kubernetes}-k0s.{Build}";

    public static K0sVersion Parse(string text) =>
        TryParse(text, out var version) ? version : throw new FormatException($"'{text}' is not a k0s version");

    public static bool TryParse([NotNullWhen(true)] string? text, out K0sVersion version)
    {
        version = default;
        var mark = text?.IndexOf(BuildMark, StringComparison.Ordinal) ?? -1;
        if (mark < 0 || text![0] != 'v')
            return false;
        var numbers = text[1..mark].Split('.');
        if (
            numbers.Length != 3
            || !TryNumber(numbers[0], out var major)
            || !TryNumber(numbers[1], out var minor)
            || !TryNumber(numbers[2], out var patch)
            || !TryNumber(text[(mark + BuildMark.Length)..], out var build)
        )
            return false;
        version = new K0sVersion(major, minor, patch, build);
        return true;
    }

    public int CompareTo(K0sVersion other) =>
        (Major, Minor, Patch, Build).CompareTo((other.Major, other.Minor, other.Patch, other.Build));

    public static bool operator <(K0sVersion left, K0sVersion right) => left.CompareTo(right) < 0;

    public static bool operator <=(K0sVersion left, K0sVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >(K0sVersion left, K0sVersion right) => left.CompareTo(right) > 0;

    public static bool operator >=(K0sVersion left, K0sVersion right) => left.CompareTo(right) >= 0;

    public override string ToString() => $"v{Kubernetes}{BuildMark}{Build}";

    /// <summary>A number as it would be printed again: no sign, no leading zero.</summary>
    private static bool TryNumber(string text, out int number)
    {
        number = 0;
        if (text.Length is 0 or > LongestNumber || (text[0] == '0' && text.Length > 1))
            return false;
        foreach (var character in text)
        {
            if (!char.IsAsciiDigit(character))
                return false;
            number = (number * 10) + (character - '0');
        }
        return true;
    }
}
