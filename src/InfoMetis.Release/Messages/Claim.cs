namespace InfoMetis.Release.Messages;

/// <summary>What a coupling rule says of itself: which it is, how grave, why it holds, on whose word, and what to do.</summary>
public sealed record Claim(string Rule, Severity Severity, string Sentence, string Source)
{
    public string? Hint { get; init; }
}
