using System.Net;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Registry;

/// <summary>What a registry's refusals mean. Only a 404 of the registry itself says "not there"; all else is unknown.</summary>
internal static class AnswerFaults
{
    /// <param name="refusal">What it means that this server refuses for good.</param>
    public static async Task<RegistryFault> OfAsync(
        HttpResponseMessage response,
        Exchange exchange,
        Func<HttpStatusCode, Func<Exchange, Finding>> refusal,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var status = response.StatusCode;
        var code = await ErrorBody.CodeAsync(response, cancellationToken);
        var wait = RetryAfter.Of(response, now);
        return new RegistryFault(
            Say(status, refusal, wait),
            exchange with
            {
                Status = (int)status,
                RegistryCode = code,
            }
        )
        {
            RetryAfter = wait,
        };
    }

    public static Func<Exchange, Finding> OfRegistry(HttpStatusCode status) =>
        status switch
        {
            HttpStatusCode.NotFound => Message.RegistryNotFound,
            HttpStatusCode.Unauthorized => Message.RegistryUnauthorized,
            HttpStatusCode.Forbidden => Message.RegistryForbidden,
            _ => Message.RegistryRefused,
        };

    /// <summary>As above, of a registry that something is put into.</summary>
    public static Func<Exchange, Finding> OfTarget(HttpStatusCode status) =>
        status switch
        {
            HttpStatusCode.Unauthorized => Message.RegistryUnauthorized,
            HttpStatusCode.Forbidden => Message.PushForbidden,
            HttpStatusCode.MethodNotAllowed => Message.RegistryReadOnly,
            _ => Message.PushRefused,
        };

    public static Func<Exchange, Finding> OfWebServer(HttpStatusCode status) => Message.FileRefused;

    /// <summary>A redirect's target answered: its links expire, and what it denies says nothing about the content.</summary>
    public static Func<Exchange, Finding> OfStorage(HttpStatusCode status) => Message.StorageFailed;

    private static Func<Exchange, Finding> Say(
        HttpStatusCode status,
        Func<HttpStatusCode, Func<Exchange, Finding>> refusal,
        TimeSpan? wait
    ) =>
        status switch
        {
            HttpStatusCode.TooManyRequests => e => Message.TooManyRequests(e, wait),
            HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError => Message.RegistryUnavailable,
            HttpStatusCode.ProxyAuthenticationRequired => e =>
                Message.RegistryUnreachable(e, "the proxy wants another login"),
            >= HttpStatusCode.BadRequest => refusal(status),
            _ => e => Message.BadAnswer(e, "this status answers nothing that was asked"),
        };
}
