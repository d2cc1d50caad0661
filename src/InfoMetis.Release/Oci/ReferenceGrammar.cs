using System.Globalization;
using System.Net;

namespace InfoMetis.Release.Oci;

/// <summary>The characters that registries, repositories and tags may be made of, as distribution registries accept them.</summary>
internal static class ReferenceGrammar
{
    private const int LongestName = 255;
    private const int LongestTag = 128;
    private const int LongestPort = 5;
    private const int DigestHexLength = 64;

    /// <summary>Docker's test of whether what stands before the first slash is a registry rather than a folder of Docker Hub.</summary>
    public static bool IsRegistry(string first) =>
        first is "localhost" || first.AsSpan().IndexOfAny('.', ':', '[') >= 0 || first.Any(char.IsAsciiLetterUpper);

    /// <summary>Docker takes 64 hexadecimal digits for the identifier of an image, never for a name.</summary>
    public static bool IsIdentifier(string? text) =>
        text?.Length == DigestHexLength && text.All(char.IsAsciiHexDigitLower);

    /// <summary>Why the parts make no reference, or null where they do.</summary>
    public static string? Objection(string registry, string repository, string? tag)
    {
        if (repository.Length == 0)
            return "it names no repository";
        if (registry.Length + 1 + repository.Length > LongestName)
            return $"the name is longer than {LongestName} characters";
        if (!IsHostAndPort(registry))
            return "the registry is no host name with an optional port";
        if (repository.Any(char.IsAsciiLetterUpper))
            return "the repository must be lower case";
        if (!repository.Split('/').All(IsPathComponent))
            return "the repository may hold lower-case letters, digits, and single '.', '_', '-' between them";
        if (tag is not null && !IsTag(tag))
            return $"the tag may hold letters, digits, '_', '.', '-', at most {LongestTag}, and not start with '.' or '-'";
        return null;
    }

    private static bool IsHostAndPort(string registry)
    {
        var closing = registry.IndexOf(']', StringComparison.Ordinal);
        var colon = registry.IndexOf(':', closing + 1);
        var host = colon < 0 ? registry : registry[..colon];
        return (colon < 0 || IsPort(registry.AsSpan(colon + 1)))
            && (host.StartsWith('[') ? IsAddress(host) : IsHostName(host));
    }

    private static bool IsPort(ReadOnlySpan<char> text) =>
        text.Length <= LongestPort
        && ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
        && port > 0;

    private static bool IsAddress(string host) =>
        host.Length > 2
        && host[^1] == ']'
        && host[1..^1].All(character => char.IsAsciiHexDigit(character) || character == ':')
        && IPAddress.TryParse(host, out _);

    private static bool IsHostName(string host) =>
        host.Split('.')
            .All(label => label.Length > 0 && label[0] != '-' && label[^1] != '-' && label.All(IsLabelCharacter));

    private static bool IsLabelCharacter(char character) => char.IsAsciiLetterOrDigit(character) || character == '-';

    private static bool IsTag(string tag) =>
        tag.Length is >= 1 and <= LongestTag
        && tag[0] is not ('.' or '-')
        && tag.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-');

    /// <summary>Runs of letters and digits, between them one dot, one or two underscores, or any number of dashes.</summary>
    private static bool IsPathComponent(string component)
    {
        var position = 0;
        while (true)
        {
            var run = LengthOf(component, position, IsLowerAlphanumeric);
            if (run == 0)
                return false;
            position += run;
            if (position == component.Length)
                return true;
            var separator = LengthOfSeparator(component, position);
            if (separator == 0)
                return false;
            position += separator;
        }
    }

    private static int LengthOfSeparator(string component, int position) =>
        component[position] switch
        {
            '.' => 1,
            '_' => Math.Min(2, LengthOf(component, position, character => character == '_')),
            '-' => LengthOf(component, position, character => character == '-'),
            _ => 0,
        };

    private static int LengthOf(string text, int position, Predicate<char> belongs)
    {
        var end = position;
        while (end < text.Length && belongs(text[end]))
            end++;
        return end - position;
    }

    private static bool IsLowerAlphanumeric(char character) =>
        char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character);
}
