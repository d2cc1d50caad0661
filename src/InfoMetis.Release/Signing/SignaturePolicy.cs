namespace InfoMetis.Release.Signing;

/// <summary>What a verifier asks of signatures.</summary>
public sealed record SignaturePolicy
{
    public required TrustedKeys Trusted { get; init; }

    /// <summary>How many different trusted keys must have signed.</summary>
    public int Required { get; init; } = 1;

    /// <summary>Lets pass, with a warning, what nobody signed or nobody can be asked about; never a signature that is wrong.</summary>
    public bool AllowUnsigned { get; init; }
}
