namespace InfoMetis.Release.Messages;

/// <summary>One question to a registry and its answer, with nothing in it that must not be shown.</summary>
/// <param name="Subject">What it was about: a repository, without tag.</param>
/// <param name="Address">The URL, redacted.</param>
public sealed record Exchange(string Subject, string Method, string Address)
{
    public int? Status { get; init; }

    /// <summary>The error code in the body of the answer, such as MANIFEST_UNKNOWN.</summary>
    public string? RegistryCode { get; init; }

    /// <summary>How often it was asked in all.</summary>
    public int Tried { get; init; } = 1;

    /// <summary>What was asked before and did not help, in words.</summary>
    public IReadOnlyList<string> AskedBefore { get; init; } = [];
}
