using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Registry;

/// <summary>
/// Why one attempt failed, with what a retry needs to know. It always reaches the outside as the inner exception of a
/// <see cref="ReleaseException"/>.
/// </summary>
public sealed class RegistryFault(Func<Exchange, Finding> say, Exchange exchange, Exception? innerException)
    : Exception("a registry did not answer as it should", innerException)
{
    public RegistryFault(Func<Exchange, Finding> say, Exchange exchange)
        : this(say, exchange, innerException: null) { }

    public Exchange Exchange { get; } = exchange;

    public Finding Finding { get; } = say(exchange);

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Bytes of content that were handed out before it failed.</summary>
    public long Received { get; init; }

    /// <summary>The same after more attempts, or at more places, than one.</summary>
    public Finding Sum(int tried, IReadOnlyList<string> askedBefore) =>
        say(Exchange with { Tried = Math.Min(tried, Exchange.Tried * tried), AskedBefore = askedBefore });

    internal ReleaseException ToException() => new(Finding, this);
}
