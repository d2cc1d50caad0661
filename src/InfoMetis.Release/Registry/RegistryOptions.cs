using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Registry;

/// <summary>Everything a client is told; what comes from the environment is read elsewhere and handed in.</summary>
public sealed record RegistryOptions
{
    public RegistriesFile Registries { get; init; } = RegistriesFile.Empty;

    public CredentialStore Credentials { get; init; } = CredentialStore.None;

    public ProxyRules Proxy { get; init; } = ProxyRules.None;

    public RetryPolicy Retry { get; init; } = new();

    /// <summary>How long nothing may come before an attempt is given up.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(60);

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Requests to one host at a time, to begin with.</summary>
    public int FirstRequests { get; init; } = 8;

    /// <summary>Requests to one host at a time, at the very most.</summary>
    public int MostRequests { get; init; } = 64;

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Randomness between 0 and 1, for delays; called from many threads.</summary>
    public Func<double> Jitter { get; init; } = RetryPolicy.SystemJitter;

    /// <summary>Told of sources that are passed over; called from many threads.</summary>
    public Action<Finding> Notice { get; init; } = static _ => { };
}
