using System.Net;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Serving;

/// <summary>How images are served.</summary>
public sealed record ServerOptions
{
    public const int DefaultPort = 5000;

    /// <summary>Only this machine, unless somebody says otherwise; port 0 is any that is free.</summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, DefaultPort);

    /// <summary>Null for plain HTTP. It belongs to whoever loaded it.</summary>
    public ServerCertificate? Certificate { get; init; }

    /// <summary>Whether all of the content is read once, and found right, before anything is served.</summary>
    public bool ProvesFirst { get; init; }

    /// <summary>Told of every request once it is answered; called by many threads.</summary>
    public Action<ServedRequest>? Served { get; init; }

    /// <summary>Told of content that cannot be served after all; called by many threads.</summary>
    public Action<Finding>? Found { get; init; }

    /// <summary>How long answers that are on their way may take when the server is to stop.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(5);

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}

/// <summary>A request that was answered.</summary>
/// <param name="Target">Path and query as they were sent, by nobody one knows.</param>
/// <param name="Bytes">Of the body, as far as it was sent.</param>
/// <param name="IsWhole">All of the answer was given away; a client that left, or content that was damaged, makes it less.</param>
public sealed record ServedRequest(
    string Client,
    string Method,
    string Target,
    int Status,
    long Bytes,
    TimeSpan Time,
    bool IsWhole
);
