using InfoMetis.Release.Manifests;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Signing;

namespace InfoMetis.Release.Bundle;

/// <summary>What the files of a bundle are called, and what the members of its archive are called.</summary>
public static class BundleNames
{
    public const string Inventory = "inventory.json";
    public const string Sums = SignedFiles.Sums;
    public const string Signature = SignedFiles.Signatures;
    public const string Sigstore = SignedFiles.Sigstore;
    public const string ByHand = SignedFiles.Instructions;
    public const string Script = "install.sh";
    public const string Guide = "FIELD-GUIDE.md";

    public const string Folder = "infometis/";
    public const string ReleaseMember = Folder + "release.yaml";
    public const string InventoryMember = Folder + Inventory;
    public const string CouplingMember = Folder + "coupling.json";
    public const string MaterialsMember = Folder + "bill-of-materials.cdx.json";
    public const string DocsFolder = Folder + "docs/";
    public const string FilesFolder = Folder + "files/";
    public const string ImagesMember = "images.tar";

    public const string LayoutMember = "oci-layout";
    public const string IndexMember = "index.json";
    public const string BlobsFolder = "blobs/" + Digest.Algorithm + "/";

    /// <summary>The folder of a bundle, and the stem of its archive: infometis-0.5.0-linux-amd64.</summary>
    public static string Of(ReleaseManifest manifest, Platform platform) =>
        Of(manifest.Name, manifest.Version, platform);

    public static string Of(string name, string version, Platform platform) =>
        $"{name}-{version}-{platform.ToString().Replace('/', '-')}";

    public static string Blob(Digest digest) => BlobsFolder + digest.Hex;
}
