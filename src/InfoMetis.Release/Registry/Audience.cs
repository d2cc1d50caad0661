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
    public string Scope => $"repository:{Repository}:pull";
}
