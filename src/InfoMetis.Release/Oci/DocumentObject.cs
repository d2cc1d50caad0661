using System.Text.Json;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Oci;

/// <summary>
/// A JSON object of an image document. A known key in another case is refused, as is a key given twice: readers that
/// disagree on them would see different images under one digest.
/// </summary>
internal readonly struct DocumentObject
{
    private const int DeepestLevel = 32;
    private const int MostItems = 10_000;

    private static readonly JsonDocumentOptions Strict = new()
    {
        AllowDuplicateProperties = false,
        MaxDepth = DeepestLevel,
    };

    private readonly JsonElement _element;
    private readonly Func<string, Finding> _malformed;

    private DocumentObject(JsonElement element, Func<string, Finding> malformed, string what)
    {
        _malformed = malformed;
        _element = element.ValueKind is JsonValueKind.Object ? element : throw Malformed($"{what} is no object");
    }

    /// <summary>Parses a document and reads it, while its memory is held.</summary>
    public static T Read<T>(ReadOnlyMemory<byte> json, string subject, Func<DocumentObject, T> read) =>
        Read(json, reason => Message.DocumentMalformed(subject, reason), read);

    /// <summary>As above, for a document of another kind.</summary>
    /// <param name="malformed">Says why it is none, in words that go on after a colon.</param>
    public static T Read<T>(ReadOnlyMemory<byte> json, Func<string, Finding> malformed, Func<DocumentObject, T> read)
    {
        using var document = Parsed(json, malformed);
        return read(new DocumentObject(document.RootElement, malformed, "the document"));
    }

    public bool Has(string key) => Find(key) is not null;

    public string? Text(string key) =>
        Find(key) is not { } value ? null
        : value.ValueKind is JsonValueKind.String ? Text(value, key)
        : throw Malformed($"'{key}' is no text");

    public string RequiredText(string key) => Text(key) ?? throw Malformed($"'{key}' is missing");

    public long RequiredNumber(string key) =>
        Find(key) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) && number >= 0
            ? number
            : throw Malformed($"'{key}' is missing, or no whole number from 0 on");

    public bool RequiredBoolean(string key) =>
        Find(key) is { ValueKind: JsonValueKind.True or JsonValueKind.False } value
            ? value.GetBoolean()
            : throw Malformed($"'{key}' is missing, or neither true nor false");

    public DocumentObject? Object(string key) =>
        Find(key) is { } value ? new DocumentObject(value, _malformed, $"'{key}'") : null;

    public DocumentObject RequiredObject(string key) => Object(key) ?? throw Malformed($"'{key}' is missing");

    public IReadOnlyList<DocumentObject> RequiredObjects(string key)
    {
        var malformed = _malformed;
        return Find(key) is null
            ? throw Malformed($"'{key}' is missing")
            : Items(key, value => new DocumentObject(value, malformed, $"an item of '{key}'"));
    }

    public IReadOnlyList<string> Texts(string key)
    {
        var self = this;
        return Items(key, value => self.Text(value, key));
    }

    /// <summary>The texts of an object by key, in its order; empty where it is absent.</summary>
    public IReadOnlyDictionary<string, string> TextMap(string key)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Object(key) is { } found)
        {
            foreach (var property in found._element.EnumerateObject())
                map.Add(NameOf(property), Text(property.Value, $"{key}.{NameOf(property)}"));
        }
        return map;
    }

    /// <summary>Refuses whatever else it has.</summary>
    public DocumentObject WithOnly(params ReadOnlySpan<string> keys)
    {
        foreach (var property in _element.EnumerateObject())
        {
            if (!keys.Contains(NameOf(property)))
                throw Malformed($"'{NameOf(property)}' is no key that is known there");
        }
        return this;
    }

    public ReleaseException Malformed(string reason) => new(_malformed(reason));

    private List<T> Items<T>(string key, Func<JsonElement, T> convert)
    {
        if (Find(key) is not { } value)
            return [];
        if (value.ValueKind is not JsonValueKind.Array)
            throw Malformed($"'{key}' is no list");
        if (value.GetArrayLength() > MostItems)
            throw Malformed($"'{key}' has more than {MostItems} items");
        return [.. value.EnumerateArray().Select(convert)];
    }

    private string Text(JsonElement value, string key)
    {
        try
        {
            return value.ValueKind is JsonValueKind.String
                ? value.GetString()!
                : throw Malformed($"'{key}' is no text");
        }
        catch (InvalidOperationException exception)
        {
            // Half a surrogate pair, escaped.
            throw new ReleaseException(_malformed($"'{key}' is no Unicode text"), exception);
        }
    }

    private static JsonDocument Parsed(ReadOnlyMemory<byte> json, Func<string, Finding> malformed)
    {
        try
        {
            return JsonDocument.Parse(json, Strict);
        }
        catch (JsonException exception)
        {
            throw new ReleaseException(malformed(exception.Message), exception);
        }
        catch (InvalidOperationException exception)
        {
            // Looking for keys that are there twice, it finds one with half a surrogate pair, escaped.
            throw NoText(malformed, exception);
        }
    }

    private string NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException exception)
        {
            // Bytes that are no UTF-8.
            throw NoText(_malformed, exception);
        }
    }

    private static ReleaseException NoText(Func<string, Finding> malformed, InvalidOperationException exception) =>
        new(malformed("a key is no Unicode text"), exception);

    private JsonElement? Find(string key)
    {
        JsonElement? found = null;
        foreach (var property in _element.EnumerateObject())
        {
            var name = NameOf(property);
            if (name == key)
                found = property.Value;
            else if (name.Equals(key, StringComparison.OrdinalIgnoreCase))
                throw Malformed($"'{name}' stands where '{key}' is meant");
        }
        return found is { ValueKind: JsonValueKind.Null } ? null : found;
    }
}
