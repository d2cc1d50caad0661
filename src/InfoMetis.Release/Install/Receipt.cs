using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Install;

/// <summary>What install.sh wrote down of a run: what was checked, done and proved on a host. docs/receipts.md describes it.</summary>
public sealed record Receipt
{
    public const string ApiVersion = "infometis.io/receipt/v1";

    public required string Name { get; init; }
    public required string Version { get; init; }
    public required Platform Platform { get; init; }

    /// <summary>The k0s release that the images were judged against.</summary>
    public required string K0s { get; init; }

    /// <summary>The version of imrel that wrote the script.</summary>
    public required string Tool { get; init; }
    public required ReceiptResult Result { get; init; }
    public required long ExitCode { get; init; }

    /// <summary>By the clock of the host, which may be wrong.</summary>
    public required string Started { get; init; }
    public required string Ended { get; init; }
    public required ReceiptCommand Command { get; init; }
    public required ReceiptHost Host { get; init; }
    public required ReceiptBundle Bundle { get; init; }
    public required ReceiptTrust Trust { get; init; }
    public required ReceiptTarget Target { get; init; }

    /// <summary>all, or the options that chose images.</summary>
    public required string Selection { get; init; }
    public required IReadOnlyList<ReceiptPlaced> Placed { get; init; }
    public required IReadOnlyList<ReceiptImage> Images { get; init; }

    /// <summary>What the script said; without hints, and without places on the host.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }
}

public enum ReceiptResult
{
    Complete,
    Incomplete,
    Refused,
    Failed,
    Interrupted,
}

public enum ReceiptCommand
{
    Install,
    VerifyOnly,
    Status,
    Uninstall,
    DryRun,
}

/// <param name="Platform">As the host calls itself; empty where that was not looked at.</param>
public sealed record ReceiptHost(string Name, string Platform, string Kernel);

/// <summary>The files that were installed from; null is what was not looked at.</summary>
/// <param name="Files">Every line of SHA256SUMS.</param>
public sealed record ReceiptBundle(
    Digest? Sums,
    Digest? Script,
    Digest? Inventory,
    Digest? Index,
    IReadOnlyList<ReceiptFile> Files
);

public sealed record ReceiptFile(string Name, Digest Sha256);

/// <param name="Keys">The fingerprints of the trusted keys whose signature was right.</param>
public sealed record ReceiptTrust(bool IsSigned, IReadOnlyList<Digest> Keys);

/// <param name="Place">The folder, socket or container.</param>
/// <param name="Runtime">With its version; empty where none was asked.</param>
/// <param name="K0s">Its version, where there is one.</param>
public sealed record ReceiptTarget(string Kind, string Place, string Runtime, string K0s, bool IsRunning);

/// <summary>A file that lies on the host because of the run.</summary>
public sealed record ReceiptPlaced(string Path, long Size, Digest? Index);

/// <param name="Proof">In words, what was proved.</param>
/// <param name="IsPinned">The runtime keeps it from being collected.</param>
public sealed record ReceiptImage(
    string Name,
    Digest Digest,
    bool IsComplete,
    string Proof,
    bool IsPinned,
    IReadOnlyList<ReceiptName> Names,
    IReadOnlyList<Digest> Content
);

/// <param name="Before">What stood under the name before the run: absent, same, or a digest.</param>
public sealed record ReceiptName(string Name, string Before);
