using System.Buffers;
using System.Text;
using System.Text.Unicode;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Yaml;

/// <summary>Reads a whole text file once, within a bound, as strict UTF-8.</summary>
public static class TextFile
{
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    /// <summary>The text, or null with a finding that says why there is none.</summary>
    public static string? Read(string file, int limit, ICollection<Finding> findings)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            // Pipes have no length, and what the kernel makes up says it has none.
            var expected = stream.CanSeek && stream.Length > 0 ? Math.Min(limit, stream.Length) : limit;
            var bytes = new byte[expected + 1];
            var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (length > limit)
                findings.Add(Message.TooLarge(file, limit));
            else if (length > expected)
                findings.Add(Message.Unreadable(file, "it grew while it was read"));
            else
                return Decode(file, bytes.AsSpan(0, length), findings);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            findings.Add(Message.Unreadable(file, Reason(exception)));
        }
        return null;
    }

    /// <summary>The text, or null with a finding, from bytes in hand.</summary>
    public static string? Decode(string file, ReadOnlySpan<byte> bytes, ICollection<Finding> findings)
    {
        var start = bytes.StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0;
        var text = bytes[start..];
        if (FirstInvalid(text) is not { } offset)
            return Encoding.UTF8.GetString(text);
        var before = text[..offset];
        var line = before[(before.LastIndexOf((byte)'\n') + 1)..];
        var place = new Place(file, before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(line) + 1);
        findings.Add(Message.NotUtf8(place, start + offset));
        return null;
    }

    private static int? FirstInvalid(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes))
            return null;
        var offset = 0;
        while (Rune.DecodeFromUtf8(bytes[offset..], out _, out var length) is OperationStatus.Done)
            offset += length;
        return offset;
    }

    private static string Reason(Exception exception) =>
        exception switch
        {
            FileNotFoundException or DirectoryNotFoundException => "there is no such file",
            UnauthorizedAccessException => "it is a folder, or permission is denied",
            _ => exception.Message,
        };
}
