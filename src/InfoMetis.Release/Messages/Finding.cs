namespace InfoMetis.Release.Messages;

/// <summary>
/// Something a user should know: what it is about, the fact with its values, what to do next, where it stands,
/// and on whose word it is claimed.
/// </summary>
public sealed record Finding(string Code, Severity Severity, string Subject, string Fact)
{
    public string? Hint { get; init; }
    public Place? Place { get; init; }

    /// <summary>The id of the coupling rule that fired, where one did.</summary>
    public string? Rule { get; init; }

    /// <summary>The public source that the rule cites.</summary>
    public string? Source { get; init; }
}
