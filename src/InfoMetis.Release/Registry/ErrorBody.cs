using System.Text.Json;

namespace InfoMetis.Release.Registry;

/// <summary>
/// The error code in the body of a registry's answer. Only the code is taken: the sentences beside it come from outside and
/// may repeat what was sent.
/// </summary>
internal static class ErrorBody
{
    private const int Limit = 64 * 1024;
    private const int LongestCode = 40;

    public static async Task<string?> CodeAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            var body = await BoundedBody.ReadAsync(response, Limit, cancellationToken);
            return body is null ? null : Code(body);
        }
        catch (Exception exception) when (TransportFaults.Is(exception, cancellationToken))
        {
            // The status was received, and says more than the loss of what should explain it.
            return null;
        }
    }

    /// <summary>Takes the body off the connection, so that others may use it; one that is too large is dropped.</summary>
    public static async Task DetachAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using var attached = response.Content;
        try
        {
            response.Content = new ByteArrayContent(
                await BoundedBody.ReadAsync(response, Limit, cancellationToken) ?? []
            );
        }
        catch (Exception exception) when (TransportFaults.Is(exception, cancellationToken))
        {
            // As above: the status stands.
            response.Content = new ByteArrayContent([]);
        }
    }

    public static string? Code(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return
                document.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("errors", out var errors)
                && errors is { ValueKind: JsonValueKind.Array }
                && errors.GetArrayLength() > 0
                && errors[0] is { ValueKind: JsonValueKind.Object } first
                && first.TryGetProperty("code", out var code)
                && code is { ValueKind: JsonValueKind.String }
                && code.GetString() is { Length: > 0 and <= LongestCode } text
                && text.All(c => char.IsAsciiLetterUpper(c) || c == '_')
                ? text
                : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // An error page of a proxy has no code.
            return null;
        }
    }
}
