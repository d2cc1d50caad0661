using System.Net;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Registry;

/// <summary>What a registry's refusals mean. Only a 404 of the registry itself says "not there"; all else is unknown.</summary>
internal static class AnswerFaults
{
    public static async Task<RegistryFault> OfAsync(
        HttpResponseMessage response,
        Exchange exchange,
        bool isFromElsewhere,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var status = response.StatusCode;
        var code = await ErrorBody.CodeAsync(response, cancellationToken);
        var wait = RetryAfter.Of(response, now);
        return new RegistryFault(
            Say(status, isFromElsewhere, wait),
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

    /// <param name="isFromElsewhere">A redirect's target answered: its links expire, and what it denies says nothing about the image.</param>
    private static Func<Exchange, Finding> Say(HttpStatusCode status, bool isFromElsewhere, TimeSpan? wait) =>
        status switch
        {
            HttpStatusCode.TooManyRequests => e => Message.TooManyRequests(e, wait),
            HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError => Message.RegistryUnavailable,
            HttpStatusCode.ProxyAuthenticationRequired => e =>
                Message.RegistryUnreachable(e, "the proxy wants another login"),
            >= HttpStatusCode.BadRequest when isFromElsewhere => Message.StorageFailed,
            HttpStatusCode.NotFound => Message.RegistryNotFound,
            HttpStatusCode.Unauthorized => Message.RegistryUnauthorized,
            HttpStatusCode.Forbidden => Message.RegistryForbidden,
            >= HttpStatusCode.BadRequest => Message.RegistryRefused,
            _ => e => Message.BadAnswer(e, "this status answers nothing that was asked"),
        };
}
