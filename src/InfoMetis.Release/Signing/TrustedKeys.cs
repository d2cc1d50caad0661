using InfoMetis.Release.Disk;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Signing;

/// <summary>The keys that a verifier trusts, each once. They come from the verifier, never from what is verified.</summary>
public sealed record TrustedKeys(IReadOnlyList<PublicKey> Keys)
{
    public static TrustedKeys None { get; } = new([]);

    /// <param name="paths">Files that hold one public key each, and folders of such files that end in <c>.pub</c>.</param>
    /// <exception cref="ReleaseException">One of them cannot be used; all that cannot are named at once.</exception>
    public static TrustedKeys From(IEnumerable<string> paths)
    {
        var findings = new List<Finding>();
        var keys = paths.SelectMany(path => Files(path, findings)).Select(file => Load(file, findings)).ToList();
        return findings.Count == 0
            ? new TrustedKeys([.. keys.OfType<PublicKey>().DistinctBy(key => key.Fingerprint)])
            : throw new ReleaseException(findings);
    }

    private static IReadOnlyList<string> Files(string path, List<Finding> findings)
    {
        if (!Directory.Exists(path))
            return [path];
        try
        {
            return [.. Directory.EnumerateFiles(path, $"*{SigningKey.PublicEnding}").Order(StringComparer.Ordinal)];
        }
        catch (Exception exception) when (SmallFile.IsFault(exception))
        {
            findings.Add(Message.KeyUnreadable(path, SmallFile.Reason(exception)));
            return [];
        }
    }

    private static PublicKey? Load(string file, List<Finding> findings)
    {
        try
        {
            return PublicKey.Load(file);
        }
        catch (ReleaseException exception)
        {
            findings.AddRange(exception.Findings);
            return null;
        }
    }
}
