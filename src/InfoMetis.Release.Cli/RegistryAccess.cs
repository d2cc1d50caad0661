using System.CommandLine;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Registry;

namespace InfoMetis.Release.Cli;

/// <summary>How a command reaches registries: by the file that --registries names, and by what the environment says.</summary>
internal sealed class RegistryAccess(Terminal terminal)
{
    private const string DefaultFile = "registries.yaml";

    public Option<string?> Registries { get; } =
        new("--registries")
        {
            Description = $"Reach registries as this file says (default: ./{DefaultFile} when there is one)",
            HelpName = "FILE",
        };

    /// <summary>A client for the whole run of a command.</summary>
    /// <param name="notice">Told of sources that are passed over; called from many threads.</param>
    /// <exception cref="ReleaseException">The file cannot be used, or a proxy variable holds no address.</exception>
    public RegistryClient Client(ParseResult parsed, Action<Finding> notice) => new(Options(parsed, notice));

    /// <summary>As <see cref="Client"/>, for a command that changes some of it.</summary>
    public RegistryOptions Options(ParseResult parsed, Action<Finding> notice) =>
        new()
        {
            Registries = Rules(parsed.GetValue(Registries)),
            Credentials = Credentials(),
            Proxy = ProxyRules.Of(
                http: Variable("http_proxy"),
                https: Variable("https_proxy") ?? Variable("HTTPS_PROXY"),
                all: Variable("all_proxy") ?? Variable("ALL_PROXY"),
                exceptions: Variable("no_proxy") ?? Variable("NO_PROXY")
            ),
            Clock = terminal.Clock,
            Notice = notice,
        };

    private static RegistriesFile Rules(string? named)
    {
        if (named is null && !File.Exists(DefaultFile))
            return RegistriesFile.Empty;
        var findings = new List<Finding>();
        return RegistriesFile.Read(named ?? DefaultFile, findings) ?? throw new ReleaseException(findings);
    }

    private CredentialStore Credentials()
    {
        var locations = new CredentialLocations
        {
            Home = Variable("HOME"),
            RegistryAuthFile = Variable("REGISTRY_AUTH_FILE"),
            DockerConfig = Variable("DOCKER_CONFIG"),
            RuntimeFolder = Variable("XDG_RUNTIME_DIR"),
            ConfigFolder = Variable("XDG_CONFIG_HOME"),
        };
        var searchPath = Variable("PATH")?.Split(Path.PathSeparator) ?? [];
        return new CredentialStore(locations.InOrder(), new CredentialHelpers(searchPath, terminal.Clock));
    }

    private string? Variable(string name) => terminal.Environment.GetValueOrDefault(name);
}
