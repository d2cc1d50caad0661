using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Tar;

namespace InfoMetis.Release.Bundle;

/// <summary>Holds members against the list of those that must come. What does not belong there is told of and passed over.</summary>
internal sealed class MemberWalk(
    UnpackedBytes bytes,
    MemberReading members,
    WalkedContent content,
    ICollection<Finding> findings
)
{
    private const int MostRefused = 50;
    private const int LargestDocuments = 64 << 20;

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal)
    {
        BundleNames.ReleaseMember,
        BundleNames.InventoryMember,
    };
    private long _documents;
    private int _refused;

    public required DateTimeOffset Released { get; init; }

    /// <summary>Where images.tar begins.</summary>
    public long Start { get; set; }

    public bool IsAsExpected => _refused == 0;

    /// <summary>Reads on until a certain block ends the list.</summary>
    public async Task RunAsync(IReadOnlyList<ExpectedMember> expected, byte[] end, CancellationToken cancellationToken)
    {
        for (var next = 0; ; )
        {
            cancellationToken.ThrowIfCancellationRequested();
            var block = await members.BlockAsync(cancellationToken);
            var found = Find(expected, next, block);
            var isEnd = found < 0 && block.AsSpan().SequenceEqual(end);
            if (found < 0 && !isEnd)
            {
                await RefuseAsync(block, next < expected.Count ? expected[next] : null, cancellationToken);
                continue;
            }
            foreach (var missing in expected.Take(isEnd ? expected.Count : found).Skip(next))
                Refuse(Message.MemberMissing(missing.Name));
            if (isEnd)
                return;
            await ReadAsync(expected[found], cancellationToken);
            next = found + 1;
        }
    }

    /// <summary>The place of the member that a header announces; nearly always the next.</summary>
    private int Find(IReadOnlyList<ExpectedMember> expected, int next, byte[] block)
    {
        if (next < expected.Count && block.AsSpan().SequenceEqual(expected[next].Header(Released)))
            return next;
        var name = TarHeader.Parse(block, offset: 0)?.Name;
        for (var later = next + 1; later < expected.Count; later++)
        {
            if (expected[later].Name == name && block.AsSpan().SequenceEqual(expected[later].Header(Released)))
                return later;
        }
        return -1;
    }

    private async Task ReadAsync(ExpectedMember member, CancellationToken cancellationToken)
    {
        _seen.Add(member.Name);
        if (member.BeginsFrame)
            bytes.Plan.Break();
        var frame = bytes.Plan.Add(member.Room, member.IsStored);
        var offset = bytes.Position - Start;
        var document = member.IsDocument ? new byte[Room(member)] : [];
        var digest = await members.ContentAsync(member.Name, member.Size, document, cancellationToken);
        if (digest != member.Digest)
            findings.Add(Message.MemberDamaged(member.Name, member.Digest.ToString(), digest.ToString()));
        else if (member.Blob is not null)
            content.Add(new SeenBlob(digest, member.Size, offset, frame), member.IsDocument ? document : null);
    }

    private long Room(ExpectedMember document)
    {
        if (document.Size > ImageDocument.LargestSize)
            throw new ReleaseException(
                Message.DocumentTooLarge(document.Digest.ToString(), document.Size, ImageDocument.LargestSize)
            );
        _documents += document.Size;
        return _documents <= LargestDocuments
            ? document.Size
            : throw new ReleaseException(
                Message.DocumentTooLarge(document.Digest.ToString(), _documents, LargestDocuments)
            );
    }

    private async Task RefuseAsync(byte[] block, ExpectedMember? expected, CancellationToken cancellationToken)
    {
        var (member, reason) = MemberHeader.Judge(block, expected?.Name, _seen);
        var finding = Message.MemberRefused(member?.Name ?? "", reason);
        // Where nobody knows how long it is, or it would not fit, there is no going on behind it.
        if (member is not { } known || known.Size > bytes.Limit - bytes.Position)
            throw new ReleaseException(finding);
        Refuse(finding);
        _seen.Add(known.Name);
        bytes.Plan.Add(TarHeader.Length + TarHeader.Padded(known.Size), isStored: false);
        await members.ContentAsync(known.Name, known.Size, default, cancellationToken);
    }

    private void Refuse(Finding finding)
    {
        if (++_refused > MostRefused)
            throw new ReleaseException(finding);
        findings.Add(finding);
    }
}
