using System.Globalization;

namespace InfoMetis.Release.Messages;

/// <summary>What can go wrong between here and a registry; the parties are named, their secrets never.</summary>
public static partial class Message
{
    public static Finding RegistryNotFound(Exchange exchange) =>
        Registry(Codes.RegistryNotFound, exchange, "it is not there", "Check the name, the tag and the digest.");

    public static Finding RegistryUnauthorized(Exchange exchange) =>
        Registry(
            Codes.RegistryUnauthorized,
            exchange,
            "it wants other credentials than it was given",
            "Log in with 'docker login' or 'podman login', and check the name: some registries answer so for repositories that do not exist."
        );

    public static Finding RegistryForbidden(Exchange exchange) =>
        Registry(
            Codes.RegistryForbidden,
            exchange,
            "these credentials may not read it",
            "Ask for the right to pull from this repository."
        );

    public static Finding RegistryRefused(Exchange exchange) =>
        Registry(
            Codes.RegistryRefused,
            exchange,
            "the registry refuses the request",
            "Check that a registry, and not something else, answers at this address."
        );

    public static Finding TokenRefused(Exchange exchange, string reason) =>
        Registry(
            Codes.TokenRefused,
            exchange,
            $"the token service gave no token: {reason}",
            "Log in again with 'docker login' or 'podman login'."
        );

    public static Finding RealmRefused(Exchange exchange, string realm, string reason) =>
        Registry(
            Codes.RealmRefused,
            exchange,
            $"the registry sends for a token to {Quote(realm)}, which is not trusted with credentials: {reason}",
            "If it is right, name its host under 'tokenServices' in registries.yaml."
        );

    public static Finding RedirectRefused(Exchange exchange, string target, string reason) =>
        Registry(
            Codes.RedirectRefused,
            exchange,
            $"the redirect to {Quote(target)} is not followed: {reason}",
            "Tell those who run the registry."
        );

    public static Finding SchemaOne(Exchange exchange) =>
        Registry(
            Codes.SchemaOne,
            exchange,
            "it is a Docker schema 1 manifest, whose digest does not cover what runs; it is not read",
            "Push the image again with a current tool."
        );

    public static Finding NotAManifest(Exchange exchange, string reason) =>
        Registry(
            Codes.NotAManifest,
            exchange,
            $"the answer is no image manifest or index: {Printable(reason)}",
            "Check that the reference names an image."
        );

    public static Finding TooManyRequests(Exchange exchange, TimeSpan? wait) =>
        Registry(
            Codes.TooManyRequests,
            exchange,
            wait is { } time
                ? $"the registry asks to be left alone for {Duration(time)}"
                : "the registry asks for fewer requests",
            "Run again later, log in for a higher limit, or name a mirror in registries.yaml."
        );

    public static Finding RegistryUnavailable(Exchange exchange) =>
        Registry(
            Codes.RegistryUnavailable,
            exchange,
            "the registry is in trouble; whether it holds the content is not known",
            "Run again later, or name a mirror in registries.yaml."
        );

    public static Finding RegistryUnreachable(Exchange exchange, string reason) =>
        Registry(
            Codes.RegistryUnreachable,
            exchange,
            reason,
            "Check the name, the network and the proxy variables, then run again."
        );

    public static Finding ConnectionLost(Exchange exchange, long received) =>
        Registry(
            Codes.ConnectionLost,
            exchange,
            $"the connection broke after {received:N0} bytes of content",
            "Run again; what has arrived is kept."
        );

    public static Finding IdleTooLong(Exchange exchange, TimeSpan limit) =>
        Registry(
            Codes.IdleTooLong,
            exchange,
            $"nothing came for {Duration(limit)}",
            "Run again; what has arrived is kept."
        );

    public static Finding ShortBody(Exchange exchange, long received, long expected) =>
        Registry(
            Codes.ShortBody,
            exchange,
            $"the content ended after {received:N0} of {expected:N0} bytes",
            "Run again; what has arrived is kept."
        );

    public static Finding Untrusted(Exchange exchange, string reason) =>
        Registry(
            Codes.Untrusted,
            exchange,
            $"no trusted connection: {Printable(reason)}",
            "Check the host name and this machine's clock, or name the registry's 'ca' in registries.yaml."
        );

    public static Finding BadAnswer(Exchange exchange, string reason) =>
        Registry(
            Codes.BadAnswer,
            exchange,
            $"the answer cannot be used: {Printable(reason)}",
            "Check that a registry, and not a proxy or a login page, answers at this address."
        );

    public static Finding StorageFailed(Exchange exchange) =>
        Registry(
            Codes.StorageFailed,
            exchange,
            "the registry redirects there, but its storage does not hand the content out",
            "Run again later; if it stays so, tell those who run the registry."
        );

    public static Finding LyingDigest(Exchange exchange, string claimed, string actual) =>
        Registry(
            Codes.LyingDigest,
            exchange,
            $"{Quote(claimed)} was promised, but the bytes are {actual}",
            "Do not use this source before its operator has explained it."
        );

    public static Finding ManifestTooLarge(Exchange exchange, long limit) =>
        Registry(
            Codes.ManifestTooLarge,
            exchange,
            $"the manifest is larger than {limit:N0} bytes, the most that is read of one",
            "Check that the reference names an image."
        );

    public static Finding WrongSize(Exchange exchange, string found, long expected) =>
        Registry(
            Codes.WrongSize,
            exchange,
            $"the content has {found} bytes where its descriptor says {expected:N0}",
            "Do not use this source before its operator has explained it."
        );

    /// <summary>One of several sources did not help, and the next is asked.</summary>
    public static Finding MirrorPassedOver(string subject, string mirror, Finding why) =>
        new(Codes.MirrorPassedOver, Severity.Warning, subject, $"{mirror} is passed over: {why.Fact}")
        {
            Hint = "The next source is asked.",
        };

    /// <summary>One of several sources served other bytes than the digest names, and the next is asked.</summary>
    public static Finding MirrorRefused(string subject, string mirror, Finding why) =>
        new(Codes.MirrorRefused, Severity.Warning, subject, $"{mirror} serves wrong content: {why.Fact}")
        {
            Hint = "The next source is asked; tell those who run this one.",
        };

    /// <summary>A place that was asked and did not help, in short: it has been told in full.</summary>
    public static string OtherPlace(string place, Finding why) => $"{place} ({why.Code})";

    public static Finding CredentialHelperFailed(string host, string helper, string reason) =>
        Error(
            Codes.CredentialHelperFailed,
            host,
            $"the credential helper {Quote(helper)} for {host} failed: {reason}",
            "Repair the helper, or remove it from the file that names it.",
            null
        );

    public static Finding BadCredentialFile(string file, string reason) =>
        Error(
            Codes.BadCredentialFile,
            file,
            $"no credentials can be read from '{file}': {reason}",
            "Write it anew with 'docker login' or 'podman login'.",
            new Place(file)
        );

    public static Finding BadCertificate(string file, string reason) =>
        Error(
            Codes.BadCertificate,
            file,
            $"'{file}' cannot be used for TLS: {Printable(reason)}",
            "Name PEM files, the key unencrypted.",
            new Place(file)
        );

    /// <summary>The value stays unsaid, for it may hold a password.</summary>
    public static Finding BadProxy(string variable) =>
        Error(
            Codes.BadProxy,
            variable,
            $"the value of {variable} is no proxy address",
            "Write it as in http://proxy.example:3128.",
            null
        );

    private static Finding Registry(string code, Exchange exchange, string fact, string hint) =>
        Error(code, exchange.Subject, $"{Asked(exchange)}: {fact}{Tried(exchange)}", hint, null);

    private static string Asked(Exchange exchange)
    {
        var asked = $"{exchange.Method} {exchange.Address}";
        return exchange switch
        {
            { Status: null } => asked,
            { RegistryCode: null } => $"{asked} was answered {exchange.Status}",
            _ => $"{asked} was answered {exchange.Status} {exchange.RegistryCode}",
        };
    }

    private static string Tried(Exchange exchange)
    {
        var tried = exchange.Tried switch
        {
            0 => "; not asked again",
            1 => "; tried once",
            _ => $"; tried {exchange.Tried} times",
        };
        return exchange.AskedBefore.Count == 0 ? tried : $"{tried}, after {string.Join(" and ", exchange.AskedBefore)}";
    }

    private static string Duration(TimeSpan time) =>
        time switch
        {
            { TotalSeconds: < 120 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} s"),
            { TotalMinutes: < 120 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0} min"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0} h"),
        };
}
