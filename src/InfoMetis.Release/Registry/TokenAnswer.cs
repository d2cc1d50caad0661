using System.Text.Json;

namespace InfoMetis.Release.Registry;

/// <summary>A token, and how long it is good for from its arrival; the sender's clock is not asked.</summary>
internal sealed class TokenAnswer
{
    private const int DefaultLife = 60;
    private const int LongestLife = 24 * 60 * 60;

    private TokenAnswer(Secret token, TimeSpan life)
    {
        Token = token;
        Life = life;
    }

    public Secret Token { get; }
    public TimeSpan Life { get; }

    public static TokenAnswer? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement is not { ValueKind: JsonValueKind.Object } root)
                return null;
            var token = Text(root, "token") ?? Text(root, "access_token");
            return token is null ? null : new TokenAnswer(new Secret(token), LifeOf(root));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Null says "no token", which is reported.
            return null;
        }
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value)
        && value.ValueKind is JsonValueKind.String
        && value.GetString() is { Length: > 0 } text
            ? text
            : null;

    /// <summary>A tenth less than promised, so that a token does not end on its way.</summary>
    private static TimeSpan LifeOf(JsonElement root) =>
        root.TryGetProperty("expires_in", out var value)
        && value.ValueKind is JsonValueKind.Number
        && value.TryGetDouble(out var seconds)
        && seconds > 0
            ? TimeSpan.FromSeconds(Math.Min(seconds, LongestLife) * 0.9)
            : TimeSpan.FromSeconds(DefaultLife * 0.9);
}
