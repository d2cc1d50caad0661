using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Registry;

/// <summary>
/// OCI Distribution, to read and to write. One client serves a whole run: connections, tokens and what each host bears are shared by all
/// repositories.
/// </summary>
public sealed class RegistryClient : IDisposable
{
    private const string HubHost = "registry-1.docker.io";

    private readonly RegistryOptions _options;
    private readonly Transports _transports;

    public RegistryClient(RegistryOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _transports = new Transports(options);
    }

    /// <summary>The repository of an image, with its mirrors.</summary>
    /// <exception cref="ReleaseException">A certificate that registries.yaml names cannot be used.</exception>
    public RegistrySource Source(ImageReference image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var rules = _options.Registries[image.Registry];
        var repository = rules.Rewrite(image.Repository);
        var endpoints = rules.Mirrors.Select(mirror => Mirror(mirror, repository, image.Name)).ToList();
        if (!rules.OnlyMirrors)
            endpoints.Add(Endpoint(Itself(image, repository, rules), rules));
        return new RegistrySource(image.Name, endpoints, _options);
    }

    /// <summary>The repository of an image, to put something into: at the registry itself, for a mirror is none of its doors.</summary>
    /// <exception cref="ReleaseException">A certificate that registries.yaml names cannot be used.</exception>
    public RegistryTarget Target(ImageReference image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var rules = _options.Registries[image.Registry];
        var (root, audience) = Itself(image, rules.Rewrite(image.Repository), rules);
        var pushing = audience with { Actions = "pull,push" };
        var http = _transports.For(pushing.Origin.Host, rules);
        return new RegistryTarget(image.Name, new TargetEndpoint(root, pushing, http, _options.Clock), _options);
    }

    /// <summary>A file on a web server. What registries.yaml says of its host counts for certificates alone.</summary>
    /// <exception cref="ReleaseException">A certificate that registries.yaml names cannot be used.</exception>
    public WebFile File(Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        return new WebFile(url, _transports.For(Origin.Of(url).Host, _options.Registries[url.Authority]), _options);
    }

    public void Dispose() => _transports.Dispose();

    private static (Uri Root, Audience Audience) Itself(ImageReference image, string repository, RegistryRules rules)
    {
        var isHub = image.Registry == ImageReference.DockerHub;
        var host = isHub ? HubHost : image.Registry;
        var isPlain = rules.PlainHttp ?? (Origin.IsLoopbackHost(HostOf(host)) && !rules.HasOwnTrust);
        var root = new Uri($"{(isPlain ? Uri.UriSchemeHttp : Uri.UriSchemeHttps)}://{host}/");
        return (root, Audience(root, repository, image.Name, image.Registry, rules));
    }

    private RegistryEndpoint Mirror(Uri mirror, string repository, string subject)
    {
        var host = mirror.Authority;
        var prefix = mirror.AbsolutePath.Trim('/');
        var root = new Uri(mirror.GetLeftPart(UriPartial.Authority));
        var name = prefix.Length == 0 ? repository : $"{prefix}/{repository}";
        var rules = _options.Registries[host];
        return Endpoint((root, Audience(root, name, subject, host, rules)), rules);
    }

    private RegistryEndpoint Endpoint((Uri Root, Audience Audience) place, RegistryRules rules) =>
        new(place.Root, place.Audience, _transports.For(place.Audience.Origin.Host, rules), _options.Clock);

    private static Audience Audience(
        Uri root,
        string repository,
        string subject,
        string credentialHost,
        RegistryRules rules
    )
    {
        var origin = Origin.Of(root);
        var mayBePlain = origin.Scheme == Uri.UriSchemeHttp || origin.IsLoopback || rules.PlainHttp == true;
        return new Audience(subject, origin, repository, credentialHost, mayBePlain, rules.TokenServices);
    }

    private static string HostOf(string registry) => new Uri($"https://{registry}/").IdnHost;
}
