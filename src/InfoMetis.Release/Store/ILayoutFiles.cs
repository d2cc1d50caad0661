using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Store;

/// <summary>The files of an OCI image layout: a folder, or an archive of one.</summary>
internal interface ILayoutFiles : IDisposable
{
    /// <summary>The folder or archive.</summary>
    string Path { get; }

    /// <summary>A seekable stream over <c>oci-layout</c> or <c>index.json</c>, or null where there is none.</summary>
    Stream? Open(string name);

    /// <summary>A seekable stream over a blob, or null where there is none.</summary>
    Stream? OpenBlob(Digest digest);
}
