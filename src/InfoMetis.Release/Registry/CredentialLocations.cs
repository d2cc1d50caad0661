namespace InfoMetis.Release.Registry;

/// <summary>The places where docker and podman keep credentials, from the values of the environment.</summary>
public sealed record CredentialLocations
{
    public string? Home { get; init; }

    /// <summary>$REGISTRY_AUTH_FILE: where it is set, no other file is read.</summary>
    public string? RegistryAuthFile { get; init; }

    /// <summary>$DOCKER_CONFIG: a folder.</summary>
    public string? DockerConfig { get; init; }

    /// <summary>$XDG_RUNTIME_DIR: a folder.</summary>
    public string? RuntimeFolder { get; init; }

    /// <summary>$XDG_CONFIG_HOME: a folder.</summary>
    public string? ConfigFolder { get; init; }

    /// <summary>In the order they are asked: podman's of this session, podman's kept, docker's.</summary>
    public IReadOnlyList<CredentialLocation> InOrder()
    {
        if (!string.IsNullOrEmpty(RegistryAuthFile))
            return [new CredentialLocation(RegistryAuthFile, MustExist: true)];
        string?[] files =
        [
            Below(RuntimeFolder, "containers", "auth.json"),
            Below(ConfigFolder, "containers", "auth.json") ?? Below(Home, ".config", "containers", "auth.json"),
            Below(DockerConfig, "config.json") ?? Below(Home, ".docker", "config.json"),
        ];
        return [.. files.OfType<string>().Select(file => new CredentialLocation(file, MustExist: false))];
    }

    private static string? Below(string? folder, params ReadOnlySpan<string> names) =>
        string.IsNullOrEmpty(folder) ? null : Path.Combine([folder, .. names]);
}
