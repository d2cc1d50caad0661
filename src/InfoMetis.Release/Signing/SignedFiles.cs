namespace InfoMetis.Release.Signing;

/// <summary>What the files of a signed folder are called that this room reads and writes.</summary>
public static class SignedFiles
{
    /// <summary>The list that is signed.</summary>
    public const string Sums = "SHA256SUMS";

    public const string Signatures = "SHA256SUMS.sig";
    public const string Sigstore = "SHA256SUMS.sigstore.json";
    public const string Instructions = "VERIFY.txt";

    /// <summary>No such file has a reason to be larger.</summary>
    internal const int LongestFile = 1024 * 1024;
}
