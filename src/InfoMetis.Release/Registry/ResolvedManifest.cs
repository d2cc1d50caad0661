using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Registry;

/// <summary>A manifest or index, and what it is: its digest is that of these bytes.</summary>
public sealed record ResolvedManifest(Descriptor Descriptor, ReadOnlyMemory<byte> Content);
