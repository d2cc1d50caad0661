using InfoMetis.Release.Oci;
using InfoMetis.Release.Registry;
using InfoMetis.Release.Store;

namespace InfoMetis.Release;

/// <summary>Where content comes from, with everything that is tried again already inside.</summary>
public interface ISupply
{
    /// <summary>Brings what is missing of a blob.</summary>
    Task FillAsync(Ingest ingest, CancellationToken cancellationToken);
}

/// <summary>Where the content of one image comes from.</summary>
public interface IImageSupply : ISupply
{
    /// <summary>An index or manifest, whole and verified.</summary>
    Task<ResolvedManifest> DocumentAsync(Digest digest, CancellationToken cancellationToken);
}

/// <summary>Where a file that belongs to no image comes from.</summary>
public interface IFileSupply : ISupply
{
    /// <summary>How large it is said to be.</summary>
    Task<Descriptor> DescribeAsync(Digest digest, CancellationToken cancellationToken);
}
