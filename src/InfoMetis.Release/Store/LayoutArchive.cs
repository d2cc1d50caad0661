using InfoMetis.Release.Disk;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Tar;
using Microsoft.Win32.SafeHandles;

namespace InfoMetis.Release.Store;

/// <summary>
/// An OCI image layout as an uncompressed tar file. It is read once for the places of its members; they are then served
/// from where they lie. Only the members that a layout has are accepted, as regular files, each once.
/// </summary>
internal sealed class LayoutArchive : ILayoutFiles
{
    private const int MostMembers = 100_000;

    private readonly SafeFileHandle _file;
    private readonly Dictionary<string, TarMember> _members = new(StringComparer.Ordinal);

    private LayoutArchive(string path, SafeFileHandle file)
    {
        (Path, _file) = (path, file);
        foreach (var member in new TarReading(path, file).Members())
        {
            if (_members.Count == MostMembers)
                throw Refused(member, $"it is beyond the {MostMembers:N0} members that are read");
            Add(member);
        }
    }

    public string Path { get; }

    public static LayoutArchive Read(string path)
    {
        SafeFileHandle? file = null;
        try
        {
            file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            return new LayoutArchive(path, file);
        }
        catch (Exception exception) when (Fault.IsOfTheDisk(exception))
        {
            file?.Dispose();
            throw new ReleaseException(
                Message.ContentUnreadable(
                    $"'{path}'",
                    System.IO.Path.GetDirectoryName(path) ?? path,
                    exception.Message
                ),
                exception
            );
        }
        catch
        {
            file?.Dispose();
            throw;
        }
    }

    public Stream? Open(string name) =>
        _members.TryGetValue(name, out var member) ? new FilePart(_file, member.Offset, member.Size) : null;

    public Stream? OpenBlob(Digest digest) => Open($"{StoreLayout.BlobsName}/{Digest.Algorithm}/{digest.Hex}");

    public void Dispose() => _file.Dispose();

    private void Add(TarMember member)
    {
        var name = member.Name.StartsWith("./", StringComparison.Ordinal) ? member.Name[2..] : member.Name;
        if (member.IsFolder && name.TrimEnd('/') is "" or "." or "blobs" or "blobs/sha256")
            return;
        if (!member.IsFile)
            throw Refused(member, "only regular files belong into a layout");
        if (!IsExpected(name))
            throw Refused(member, "no layout has a file of that name");
        if (!_members.TryAdd(name, member))
            throw Refused(member, "it is there twice");
    }

    /// <summary>The two files of docker's own form stand beside a layout in what docker and containerd write.</summary>
    private static bool IsExpected(string name) =>
        name is StoreLayout.MarkerName or StoreLayout.IndexName or "manifest.json" or "repositories"
        || (
            name.StartsWith("blobs/sha256/", StringComparison.Ordinal)
            && Digest.TryParse($"{Digest.Algorithm}:{name["blobs/sha256/".Length..]}", out _)
        );

    private ReleaseException Refused(TarMember member, string reason) =>
        new(Message.ArchiveRefused(Path, member.Name, reason));
}
