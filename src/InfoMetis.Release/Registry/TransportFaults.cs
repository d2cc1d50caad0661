using System.Net.Sockets;
using System.Security.Authentication;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Registry;

/// <summary>What the network and TLS throw, told apart by what it means for a user and for a retry.</summary>
internal static class TransportFaults
{
    /// <summary>Whether an exception came from the network, and not from the caller's wish to stop.</summary>
    public static bool Is(Exception exception, CancellationToken cancellationToken) =>
        exception is HttpRequestException or IOException or TimeoutException or SocketException
        || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    /// <summary>Before an answer came.</summary>
    public static RegistryFault BeforeAnswer(Exception exception, Exchange exchange) =>
        exception switch
        {
            IdleTimeoutException idle => Idle(idle, exchange, received: 0),
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } secure
                when Find<AuthenticationException>(secure) is { } untrusted => new(
                e => Message.Untrusted(e, Innermost(untrusted)),
                exchange,
                exception
            ),
            HttpRequestException
            {
                HttpRequestError: HttpRequestError.InvalidResponse
                    or HttpRequestError.ConfigurationLimitExceeded
                    or HttpRequestError.VersionNegotiationError
            } => new(e => Message.BadAnswer(e, "it is not proper HTTP"), exchange, exception),
            _ => new(e => Message.RegistryUnreachable(e, Reason(exception)), exchange, exception),
        };

    /// <summary>While the body was read.</summary>
    public static RegistryFault InBody(Exception exception, Exchange exchange, long received, long? expected) =>
        exception switch
        {
            IdleTimeoutException idle => Idle(idle, exchange, received),
            HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded } when expected is { } size => new(
                e => Message.ShortBody(e, received, size),
                exchange,
                exception
            )
            {
                Received = received,
            },
            _ => new(e => Message.ConnectionLost(e, received), exchange, exception) { Received = received },
        };

    private static RegistryFault Idle(IdleTimeoutException idle, Exchange exchange, long received) =>
        new(e => Message.IdleTooLong(e, idle.Limit), exchange, idle) { Received = received };

    private static string Reason(Exception exception) =>
        exception switch
        {
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } =>
                "the host name cannot be resolved",
            HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } =>
                "the proxy does not open a tunnel",
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } =>
                "the TLS handshake broke off",
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError }
                when Find<SocketException>(exception) is { } socket => socket.SocketErrorCode switch
            {
                SocketError.ConnectionRefused => "the connection is refused",
                SocketError.HostUnreachable or SocketError.NetworkUnreachable => "no route leads to the host",
                _ => "no connection can be made",
            },
            OperationCanceledException => "no connection came about in time",
            _ => "the connection broke before the answer",
        };

    private static string Innermost(Exception exception)
    {
        while (exception.InnerException is { } inner)
            exception = inner;
        return exception.Message;
    }

    private static T? Find<T>(Exception? exception)
        where T : Exception
    {
        while (exception is not (null or T))
            exception = exception.InnerException;
        return (T?)exception;
    }
}
