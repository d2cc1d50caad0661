namespace InfoMetis.Release.Registry;

/// <summary>Gives up where nothing comes: neither the head of an answer, nor, while the body is read, its next bytes.</summary>
internal sealed class IdleTimeoutHandler(TimeSpan limit, TimeProvider clock, HttpMessageHandler inner)
    : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        using var timeout = new CancellationTokenSource(limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        if (request.Content is UploadBody body)
            body.Moved = () => Postpone(timeout);
        try
        {
            var response = await base.SendAsync(request, either.Token);
            response.Content = new WrappedContent(
                response.Content,
                body => new IdleTimeoutStream(body, limit, clock),
                () => { }
            );
            return response;
        }
        catch (OperationCanceledException exception)
            when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new IdleTimeoutException(limit, exception);
        }
    }

    private void Postpone(CancellationTokenSource timeout)
    {
        try
        {
            timeout.CancelAfter(limit);
        }
        catch (ObjectDisposedException)
        {
            // The answer came before all of the body was sent.
        }
    }
}

internal sealed class IdleTimeoutException(TimeSpan limit, Exception innerException)
    : TimeoutException("nothing came in time", innerException)
{
    public TimeSpan Limit { get; } = limit;
}
