namespace InfoMetis.Release.Registry;

/// <summary>To whom a request's authorization belongs, and for what.</summary>
/// <param name="Subject">The repository as users name it, for messages.</param>
/// <param name="Repository">The repository as this origin names it.</param>
/// <param name="CredentialHost">Under which name credentials are kept: docker.io, or host and port.</param>
/// <param name="MayBePlain">Plain http is allowed for this origin, and so for its token service.</param>
internal sealed record Audience(
    string Subject,
    Origin Origin,
    string Repository,
    string CredentialHost,
    bool MayBePlain,
    IReadOnlyList<string> TokenServices
)
{
    /// <summary>What is done there, as token services call it.</summary>
    public string Actions { get; init; } = "pull";

    public string Scope => $"repository:{Repository}:{Actions}";

    /// <summary>
    /// What to ask a token for: what the registry wants to see, and at once all that will be done there, so that a read does not
    /// bring a token that the write after it has to replace.
    /// </summary>
    public string ScopeFor(string? wanted) =>
        wanted is null
            ? Scope
            : string.Join(
                ' ',
                wanted
                    .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                    .Select(one => one == $"repository:{Repository}:pull" ? Scope : one)
                    .Distinct(StringComparer.Ordinal)
            );
}
