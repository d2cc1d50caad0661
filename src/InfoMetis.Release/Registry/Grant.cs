namespace InfoMetis.Release.Registry;

/// <summary>What goes into the header Authorization, and until when it is good.</summary>
internal sealed class Grant
{
    private Grant(string scheme, Secret value, DateTimeOffset expires)
    {
        Scheme = scheme;
        Value = value;
        Expires = expires;
    }

    public string Scheme { get; }
    public Secret Value { get; }
    public DateTimeOffset Expires { get; }

    /// <summary>Null where the value could not stand in a header.</summary>
    public static Grant? Of(string scheme, Secret value, DateTimeOffset expires) =>
        value.Reveal() is { Length: > 0 } text && !text.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? new Grant(scheme, value, expires)
            : null;
}
