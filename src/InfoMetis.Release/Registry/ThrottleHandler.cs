using System.Collections.Concurrent;
using System.Net;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Registry;

/// <summary>Holds each host to the number of requests it bears; a request lasts until its body is given back.</summary>
internal sealed class ThrottleHandler(HostLimiters limiters, TimeProvider clock, HttpMessageHandler inner)
    : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var (lease, rest) = await limiters.Of(Origin.Of(request.RequestUri!)).EnterAsync(cancellationToken);
        if (lease is null)
            throw new RegistryFault(
                e => Message.TooManyRequests(e, rest),
                Requests.Exchange(request) with
                {
                    Tried = 0,
                }
            )
            {
                RetryAfter = rest,
            };
        HttpResponseMessage response;
        try
        {
            response = await base.SendAsync(request, cancellationToken);
        }
        catch
        {
            lease.Fail();
            throw;
        }
        if (response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable)
            lease.PushBack(RetryAfter.Of(response, clock.GetUtcNow()));
        response.Content = new WrappedContent(response.Content, body => body, lease.Leave);
        return response;
    }
}

/// <summary>The limiters of all hosts; one host has one, whoever asks it.</summary>
internal sealed class HostLimiters(RegistryOptions options)
{
    private readonly ConcurrentDictionary<Origin, AdaptiveLimiter> _limiters = new();

    public AdaptiveLimiter Of(Origin origin) =>
        _limiters.GetOrAdd(
            origin,
            static (_, o) => new AdaptiveLimiter(o.FirstRequests, o.MostRequests, o.Retry.LongestRetryAfter, o.Clock),
            options
        );
}
