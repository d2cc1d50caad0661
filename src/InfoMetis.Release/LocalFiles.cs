using InfoMetis.Release.Bundle;
using InfoMetis.Release.Disk;
using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Store;

namespace InfoMetis.Release;

/// <summary>The files of a release that lie beside its manifest.</summary>
internal static class LocalFiles
{
    /// <summary>Those that are what the manifest says; each other one leaves a finding.</summary>
    public static IReadOnlyList<BundledFile> Of(
        ReleaseManifest manifest,
        ICollection<Finding> findings,
        CancellationToken cancellationToken
    )
    {
        var folder = RealPath.Of(Path.GetDirectoryName(Path.GetFullPath(manifest.File))!);
        var files = new List<BundledFile>();
        foreach (var file in manifest.Files.Where(file => file.Path is not null))
        {
            if (Read(file, folder, findings, cancellationToken) is { } sound)
                files.Add(sound);
        }
        return files;
    }

    private static BundledFile? Read(
        ReleaseFile file,
        string folder,
        ICollection<Finding> findings,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var path = RealPath.Of(Path.Combine(folder, file.Name));
            if (Objection(folder, path) is { } objection)
            {
                findings.Add(Message.FileUnusable(file.Place, file.Name, objection));
                return null;
            }
            var size = new FileInfo(path).Length;
            var found = BlobHash.Of(path, cancellationToken);
            if (found == file.Sha256)
                return new BundledFile(file.Name, size, found, file.Mode, (offset, _) => OpenAsync(path, offset));
            findings.Add(Message.FileWrongDigest(file.Place, file.Name, file.Sha256.ToString(), found.ToString()));
        }
        catch (Exception exception) when (Fault.IsOfTheDisk(exception))
        {
            findings.Add(Message.FileUnusable(file.Place, file.Name, exception.Message));
        }
        return null;
    }

    private static string? Objection(string folder, string path) =>
        !RealPath.IsBelow(folder, path) ? "a symbolic link leads out of that folder"
        : Directory.Exists(path) ? "it is a folder"
        : !File.Exists(path) ? "it is not there"
        : NamedPipe.Is(path) ? "it is a pipe"
        : null;

    private static Task<Stream> OpenAsync(string path, long offset)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        file.Position = offset;
        return Task.FromResult<Stream>(file);
    }
}
