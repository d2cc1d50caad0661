using System.Security.Cryptography;
using InfoMetis.Release.Disk;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Signing;

namespace InfoMetis.Release.Bundle;

/// <summary>Holds the files of a bundle against SHA256SUMS: every line of it, nothing missing, nothing beyond it.</summary>
/// <param name="lines">Null where there is no list.</param>
public sealed class FilesCheck(BundleFiles files, ChecksumList? lines, ICollection<Finding> findings)
{
    private const int BufferSize = 512 << 10;

    private static readonly string[] Unlistable = [BundleNames.Sums, BundleNames.Signature, BundleNames.Sigstore];

    /// <summary>What lies beside every archive, and says so by standing in the list.</summary>
    private static readonly string[] Needed = [BundleNames.Script, BundleNames.Guide];

    private readonly SortedDictionary<string, CheckedFile> _checked = new(StringComparer.Ordinal);

    private readonly Dictionary<string, Digest> _listed = (lines?.Entries ?? []).ToDictionary(
        entry => entry.Name,
        entry => entry.Digest
    );

    /// <param name="pieces">The files of the archive, which were read already.</param>
    public IReadOnlyList<CheckedFile> Run(IReadOnlyList<ReadPiece> pieces, CancellationToken cancellationToken)
    {
        foreach (var piece in pieces)
            Compare(piece);
        foreach (var missing in files.Missing)
            Miss(missing);
        CompareSizes(pieces);
        foreach (var name in _listed.Keys.Where(name => !_checked.ContainsKey(name)))
        {
            if (files.Beside(name) is { } file)
                Compare(Read(file, cancellationToken));
            else
                Miss(name);
        }
        foreach (var name in Needed.Where(IsLeftOut))
            Miss(name);
        foreach (var other in files.Others.Where(other => !_checked.ContainsKey(other.Name)))
        {
            if (!Unlistable.Contains(other.Name))
                Judge(other.Name, size: null, FileState.Surplus, Message.BundleFileSurplus(other.Name));
            else if (!other.IsRegular)
                Judge(other.Name, size: null, FileState.Damaged, NotRegular(other));
        }
        return [.. _checked.Values];
    }

    /// <summary>Beside an archive that is named by itself there need be nothing; what lies there unlisted is told of as that.</summary>
    private bool IsLeftOut(string name) =>
        files.IsFolder && lines is not null && !_listed.ContainsKey(name) && files.Beside(name) is null;

    private void Compare(ReadPiece file)
    {
        if (file.Fault is not null || file.Sha256 is not { } found)
            Judge(file.Name, file.Length, FileState.Damaged, file.Fault);
        else if (lines is null)
            Judge(file.Name, file.Length, FileState.Unlisted, finding: null);
        else if (!_listed.TryGetValue(file.Name, out var expected))
            Judge(file.Name, file.Length, FileState.Surplus, Message.BundleFileSurplus(file.Name));
        else if (found == expected)
            Judge(file.Name, file.Length, FileState.Good, finding: null);
        else
            Judge(
                file.Name,
                file.Length,
                FileState.Damaged,
                Message.BundleFileDamaged(file.Name, expected.ToString(), found.ToString())
            );
    }

    /// <summary>Parts are cut at the same distance, so that each byte has one place only.</summary>
    private void CompareSizes(IReadOnlyList<ReadPiece> pieces)
    {
        if (files.Missing.Count > 0)
            return;
        for (var at = 1; at < pieces.Count; at++)
        {
            var isLast = at == pieces.Count - 1;
            if (isLast ? pieces[at].Length > pieces[0].Length : pieces[at].Length != pieces[0].Length)
                findings.Add(Message.PartSize(pieces[at].Name, pieces[at].Length, pieces[0].Length));
        }
    }

    private static ReadPiece Read(BundleFile file, CancellationToken cancellationToken)
    {
        if (!file.IsRegular)
            return new ReadPiece(file.Name, Length: 0, Sha256: null, NotRegular(file));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long length = 0;
        try
        {
            var piece = PackedPiece.Of(file);
            using var stream = piece.Length == 0 ? Stream.Null : piece.Open();
            var buffer = new byte[BufferSize];
            for (int count; (count = stream.Read(buffer)) > 0; length += count)
            {
                cancellationToken.ThrowIfCancellationRequested();
                hash.AppendData(buffer.AsSpan(0, count));
            }
            return new ReadPiece(file.Name, length, Digest.Of(hash), Fault: null);
        }
        catch (Exception exception) when (Fault.IsOfTheDisk(exception))
        {
            return new ReadPiece(
                file.Name,
                length,
                Sha256: null,
                Message.BundleFileUnreadable(file.Name, exception.Message)
            );
        }
    }

    private static Finding NotRegular(BundleFile file) =>
        Message.BundleFileUnreadable(file.Name, "it is a link or a folder, and no file of the bundle's own");

    private void Miss(string name) => Judge(name, size: null, FileState.Missing, Message.BundleFileMissing(name));

    private void Judge(string name, long? size, FileState state, Finding? finding)
    {
        _checked[name] = new CheckedFile(name, state, size);
        if (finding is not null)
            findings.Add(finding);
    }
}
