using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace InfoMetis.Release.Cli;

/// <summary>Writes one JSON value. Of its own type, so that a text report does not load all of System.Text.Json.</summary>
internal delegate void JsonContent(Utf8JsonWriter json);

/// <summary>JSON for people's eyes as well: indented, and with '+' and quotes left as they are.</summary>
internal static class Json
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write(Stream stream, JsonContent content)
    {
        using (var json = new Utf8JsonWriter(stream, Options))
            content(json);
        stream.WriteByte((byte)'\n');
    }

    public static void Write(TextWriter writer, JsonContent content)
    {
        using var stream = new MemoryStream();
        Write(stream, content);
        writer.Write(Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length));
    }
}
