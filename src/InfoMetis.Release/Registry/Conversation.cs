using System.Net;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Registry;

/// <summary>Asks one server. Each call is one attempt; nothing is tried twice here.</summary>
/// <param name="origin">Where it is; what a redirect leads to speaks for itself only.</param>
/// <param name="refusal">What it means when this server itself refuses for good.</param>
internal sealed class Conversation(
    HttpMessageInvoker http,
    Origin origin,
    TimeProvider clock,
    Func<HttpStatusCode, Func<Exchange, Finding>> refusal
)
{
    /// <summary>Sends, tells refusals from answers, and puts a name to whatever goes wrong.</summary>
    public async Task<T> AskAsync<T>(
        HttpRequestMessage request,
        Func<HttpResponseMessage, Exchange, Task<T>> use,
        CancellationToken cancellationToken
    )
    {
        HttpResponseMessage? response = null;
        var used = false;
        try
        {
            response = await http.SendAsync(request, cancellationToken);
            var exchange = Requests.Exchange(request);
            if (!IsAnswer(request.Method, response.StatusCode))
                throw await AnswerFaults.OfAsync(
                    response,
                    exchange,
                    Origin.Of(request.RequestUri!) == origin ? refusal : AnswerFaults.OfStorage,
                    clock.GetUtcNow(),
                    cancellationToken
                );
            var result = await use(response, exchange with { Status = (int)response.StatusCode });
            used = true;
            return result;
        }
        catch (RegistryFault fault)
        {
            throw fault.ToException();
        }
        catch (Exception exception) when (TransportFaults.Is(exception, cancellationToken))
        {
            var exchange = Requests.Exchange(request);
            throw (
                response is null
                    ? TransportFaults.BeforeAnswer(exception, exchange)
                    : TransportFaults.InBody(exception, exchange, received: 0, expected: null)
            ).ToException();
        }
        finally
        {
            if (!used)
                response?.Dispose();
            request.Dispose();
        }
    }

    private static bool IsAnswer(HttpMethod method, HttpStatusCode status) =>
        method == HttpMethod.Get || method == HttpMethod.Head
            ? status is HttpStatusCode.OK or HttpStatusCode.PartialContent
            : status is HttpStatusCode.Created or HttpStatusCode.Accepted or HttpStatusCode.NoContent;

    /// <summary>Content from an offset on, whether the server honours ranges, ignores them or refuses them.</summary>
    /// <param name="requestFrom">Asks for it from an offset on.</param>
    public async Task<Stream> FetchAsync(
        Func<long, HttpRequestMessage> requestFrom,
        Descriptor target,
        long offset,
        CancellationToken cancellationToken
    )
    {
        if (offset == target.Size && offset > 0)
            return Stream.Null;
        try
        {
            return await OpenAsync(offset);
        }
        catch (ReleaseException exception)
            when (offset > 0
                && exception.InnerException
                    is RegistryFault { Exchange.Status: (int)HttpStatusCode.RequestedRangeNotSatisfiable }
            )
        {
            // Some servers refuse what they should ignore.
            return await OpenAsync(0);
        }

        Task<Stream> OpenAsync(long from) =>
            AskAsync(
                requestFrom(from),
                (response, exchange) =>
                    BlobAnswer.OpenAsync(response, target.Size, offset, exchange, cancellationToken),
                cancellationToken
            );
    }
}
