using System.Text;

namespace InfoMetis.Release.Registry;

/// <summary>
/// A URL as it may be shown: without user and fragment, and with the values of only those query keys that are known to
/// hold no secret. Storage behind a registry signs its URLs in the query.
/// </summary>
internal static class RedactedUrl
{
    private static readonly string[] ShownKeys = ["service", "scope", "ns", "n", "last"];

    public static string Of(Uri url)
    {
        var text = new StringBuilder(url.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped));
        text.Append(url.AbsolutePath);
        var separator = '?';
        foreach (var pair in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            text.Append(separator).Append(Redacted(pair));
            separator = '&';
        }
        return text.ToString();
    }

    private static string Redacted(string pair)
    {
        var equals = pair.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0)
            return "***";
        var key = pair[..equals];
        return Array.IndexOf(ShownKeys, key) >= 0 ? pair : $"{Shortened(key)}=***";
    }

    /// <summary>A key is a word; what is longer may be a value in the wrong place.</summary>
    private static string Shortened(string key) =>
        key.Length <= 24 && key.All(c => char.IsAsciiLetter(c) || c is '-' or '_') ? key : "***";
}
