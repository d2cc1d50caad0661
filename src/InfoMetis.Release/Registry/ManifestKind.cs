using System.Text.Json;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Registry;

/// <summary>
/// Which kind of manifest an answer is. Header and body must agree: a document that can be read in two ways is read in none.
/// </summary>
internal static class ManifestKind
{
    private const string SchemaOneStem = "application/vnd.docker.distribution.manifest.v1+";

    /// <summary>The media type, or null with the reason why there is none.</summary>
    public static string? Of(string? header, ReadOnlySpan<byte> body, out string reason)
    {
        var seen = Shape.Read(body);
        reason = seen.Objection ?? "";
        if (seen.Objection is not null)
            return null;
        var declared = IsKnown(header) ? header : seen.MediaType;
        var type = declared ?? (seen.IsIndex ? MediaTypes.OciIndex : MediaTypes.OciManifest);
        if (!IsKnown(type))
            reason = $"its media type is {type}";
        else if (seen.MediaType is not null && seen.MediaType != type)
            reason = $"its header says {type}, its body {seen.MediaType}";
        else if (MediaTypes.IsIndex(type) != seen.IsIndex)
            reason = $"its body is not what {type} means";
        return reason.Length == 0 ? type : null;
    }

    public static bool IsSchemaOne(string? header) =>
        header?.StartsWith(SchemaOneStem, StringComparison.OrdinalIgnoreCase) is true;

    public static bool IsSchemaOne(ReadOnlySpan<byte> body) => Shape.Read(body).IsSchemaOne;

    public static bool IsKnown(string? type) =>
        type is not null && (MediaTypes.IsIndex(type) || MediaTypes.IsManifest(type));

    private readonly record struct Shape(string? Objection, string? MediaType, bool IsIndex, bool IsSchemaOne)
    {
        public static Shape Read(ReadOnlySpan<byte> body)
        {
            try
            {
                return Scan(new Utf8JsonReader(body));
            }
            catch (Exception exception) when (exception is JsonException or InvalidOperationException)
            {
                return new Shape("it is no JSON", null, IsIndex: false, IsSchemaOne: false);
            }
        }

        private static Shape Scan(Utf8JsonReader reader)
        {
            string? mediaType = null;
            var (isIndex, isManifest, isSchemaOne) = (false, false, false);
            if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject)
                return new Shape("it is no JSON object", null, isIndex, isSchemaOne);
            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                var name = reader.GetString();
                reader.Read();
                if (name is "mediaType" && reader.TokenType is JsonTokenType.String)
                    mediaType = reader.GetString();
                isIndex |= name is "manifests";
                isManifest |= name is "layers" or "config";
                isSchemaOne |= name is "fsLayers";
                reader.Skip();
            }
            // Reads on, so that what follows the object is an objection too.
            reader.Read();
            var objection = (isIndex, isManifest) switch
            {
                (true, true) => "it is a manifest and an index at once",
                (false, false) => "it lists neither layers nor manifests",
                _ => null,
            };
            return new Shape(objection, mediaType, isIndex, isSchemaOne);
        }
    }
}
