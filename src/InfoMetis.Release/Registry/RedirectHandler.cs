using System.Net;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Registry;

/// <summary>
/// Follows redirects. Authorization goes with none of them: the handler below gives it again to whom it belongs, by
/// scheme, host and port. From https no way leads to http.
/// </summary>
internal sealed class RedirectHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    public const int Most = 5;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        for (var followed = 0; ; followed++)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (!IsRedirect(response.StatusCode))
                return response;
            var location = response.Headers.Location;
            var status = (int)response.StatusCode;
            response.Dispose();
            var target = Target(request, location, followed, status);
            request.Headers.Authorization = null;
            request.RequestUri = target;
        }
    }

    private static bool IsRedirect(HttpStatusCode status) =>
        status
            is HttpStatusCode.MovedPermanently
                or HttpStatusCode.Found
                or HttpStatusCode.SeeOther
                or HttpStatusCode.TemporaryRedirect
                or HttpStatusCode.PermanentRedirect;

    private static Uri Target(HttpRequestMessage request, Uri? location, int followed, int status)
    {
        var from = request.RequestUri!;
        var exchange = Requests.Exchange(request) with { Status = status };
        if (location is null || !Uri.TryCreate(from, location, out var target))
            throw new RegistryFault(e => Message.BadAnswer(e, "a redirect that names no target"), exchange);
        var reason = Objection(from, target, followed);
        if (reason is not null)
            throw new RegistryFault(e => Message.RedirectRefused(e, Shown(target), reason), exchange);
        return new UriBuilder(target) { UserName = "", Password = "" }.Uri;
    }

    internal static string? Objection(Uri from, Uri target, int followed)
    {
        if (target.Scheme != Uri.UriSchemeHttps && target.Scheme != Uri.UriSchemeHttp)
            return "it is neither https nor http";
        if (from.Scheme == Uri.UriSchemeHttps && target.Scheme == Uri.UriSchemeHttp)
            return "it leads from https to http";
        return followed == Most ? $"it would be one more than {Most} in a row" : null;
    }

    internal static string Shown(Uri target) =>
        target.Scheme == Uri.UriSchemeHttps || target.Scheme == Uri.UriSchemeHttp
            ? RedactedUrl.Of(target)
            : $"{target.Scheme}:";
}
