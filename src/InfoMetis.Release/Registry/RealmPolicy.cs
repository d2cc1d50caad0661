using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Registry;

/// <summary>
/// Where credentials may go for a token. The realm comes from whoever answers the request, so it must be https, and a host of the
/// registry's own: the registry itself, a host below it, or one below the domain it is in; or one that is known or named.
/// </summary>
/// <remarks>The rule is told to users in docs/registries.md.</remarks>
internal static class RealmPolicy
{
    private static readonly (string Registry, string Realm)[] Known =
    [
        ("registry-1.docker.io", "auth.docker.io"),
        ("lscr.io", "ghcr.io"),
    ];

    public static Uri Check(string? realm, Audience audience, Exchange exchange)
    {
        if (!Uri.TryCreate(realm, UriKind.Absolute, out var url))
            throw new RegistryFault(e => Message.BadAnswer(e, "a challenge whose realm is no URL"), exchange);
        var reason = Objection(url, audience);
        if (reason is not null)
            throw new RegistryFault(e => Message.RealmRefused(e, Shown(url), reason), exchange);
        return url;
    }

    private static string? Objection(Uri realm, Audience audience)
    {
        if (realm.UserInfo.Length > 0)
            return "it names a user";
        if (realm.Scheme != Uri.UriSchemeHttps && !(realm.Scheme == Uri.UriSchemeHttp && audience.MayBePlain))
            return "it is not https";
        var host = Origin.Of(realm).Host;
        if (realm.Scheme == Uri.UriSchemeHttp && !IsSameMachine(audience.Origin.Host, host))
            return "plain http is allowed only to the registry's own host";
        return
            IsOwn(audience.Origin.Host, host)
            || Known.Contains((audience.Origin.Host, host))
            || audience.TokenServices.Contains(host, StringComparer.OrdinalIgnoreCase)
            ? null
            : $"it does not belong to {audience.Origin.Host}";
    }

    private static bool IsOwn(string registry, string realm) =>
        IsSameMachine(registry, realm)
        || IsBelow(realm, registry)
        || realm == Domain(registry)
        || IsBelow(realm, Domain(registry));

    private static bool IsSameMachine(string registry, string realm) =>
        registry == realm || (Origin.IsLoopbackHost(registry) && Origin.IsLoopbackHost(realm));

    private static bool IsBelow(string host, string domain) => host.EndsWith($".{domain}", StringComparison.Ordinal);

    /// <summary>The name without its first label, or the whole name where the rest is, or may be, a public suffix.</summary>
    private static string Domain(string host)
    {
        if (Uri.CheckHostName(host) is not UriHostNameType.Dns)
            return host;
        var labels = host.Split('.');
        var isBareSuffix = labels.Length < 3 || (labels.Length == 3 && labels[2].Length == 2 && labels[1].Length <= 3);
        return isBareSuffix ? host : string.Join('.', labels.Skip(1));
    }

    private static string Shown(Uri realm) =>
        realm.Scheme == Uri.UriSchemeHttps || realm.Scheme == Uri.UriSchemeHttp
            ? RedactedUrl.Of(realm)
            : $"{realm.Scheme}:";
}
