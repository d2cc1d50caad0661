using System.Security.Cryptography;

namespace InfoMetis.Release.EndToEnd.Bundle;

/// <summary>What was made, looked at without any code of imrel's.</summary>
internal static class Made
{
    /// <summary>Every file of a bundle with its hash, but for the signatures, which differ each time.</summary>
    public static IReadOnlyList<string> Of(string bundle) =>
        [
            .. Directory
                .GetFiles(bundle)
                .Where(file => Path.GetFileName(file) is not ("SHA256SUMS.sig" or "SHA256SUMS.sigstore.json"))
                .Order(StringComparer.Ordinal)
                .Select(file =>
                    $"{Path.GetFileName(file)} {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))}"
                ),
        ];

    /// <summary>What a folder for bundles holds that somebody could take for one.</summary>
    public static IReadOnlyList<string> LooksFinished(string output) =>
        Directory.Exists(output)
            ? [.. Directory.GetFileSystemEntries(output).Where(entry => !Path.GetFileName(entry).StartsWith('.'))]
            : [];
}
