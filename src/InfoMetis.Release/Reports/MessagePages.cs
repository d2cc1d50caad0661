using System.Text;

namespace InfoMetis.Release.Reports;

/// <summary>The documentation page of each message code, built in so that it can be read without a network.</summary>
public static class MessagePages
{
    private const string Prefix = "messages/";
    private const string Suffix = ".md";

    /// <summary>Every code that has a page, in order.</summary>
    public static IReadOnlyList<string> Codes { get; } =
    [
        .. typeof(MessagePages)
            .Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..^Suffix.Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The page as Markdown, or null where there is no such code.</summary>
    public static string? Find(string code)
    {
        using var stream = typeof(MessagePages).Assembly.GetManifestResourceStream($"{Prefix}{code}{Suffix}");
        if (stream is null)
            return null;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>The short name in the first line, after <c># IMRnnnn: </c>.</summary>
    public static string Title(string code)
    {
        var page = Find(code) ?? code;
        var line = page.AsSpan(
            0,
            page.IndexOf('\n', StringComparison.Ordinal) is var end && end < 0 ? page.Length : end
        );
        return line[(line.IndexOf(':') + 1)..].Trim().ToString();
    }
}
