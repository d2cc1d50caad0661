using InfoMetis.Release.Oci;
using InfoMetis.Release.Registry;
using InfoMetis.Release.Store;

namespace InfoMetis.Release;

/// <summary>Where the content of one image comes from, with everything that is tried again already inside.</summary>
public interface ISupply
{
    /// <summary>An index or manifest, whole and verified.</summary>
    Task<ResolvedManifest> DocumentAsync(Digest digest, CancellationToken cancellationToken);

    /// <summary>Brings what is missing of a blob.</summary>
    Task FillAsync(Ingest ingest, CancellationToken cancellationToken);
}
