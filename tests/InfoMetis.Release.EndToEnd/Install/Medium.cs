using System.Security.Cryptography;
using InfoMetis.Release.EndToEnd.Bundle;
using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.EndToEnd.Install;

/// <summary>A copy of a bundle that a test may do anything to.</summary>
internal sealed class Medium : IDisposable
{
    public const string Archive = $"{BundleSite.Name}.tar.zst";

    private const string List = "SHA256SUMS";

    private readonly ScratchFolder _scratch = new();

    public Medium(string bundle, string name = BundleSite.Name)
    {
        Folder = _scratch.PathOf(name);
        Directory.CreateDirectory(Folder);
        foreach (var file in Directory.GetFiles(bundle))
            File.Copy(file, PathOf(Path.GetFileName(file)));
    }

    public string Folder { get; }

    public IReadOnlyList<string> Files =>
        [.. Directory.GetFiles(Folder).Select(file => Path.GetFileName(file)).Order()];

    public IReadOnlyList<string> Parts => [.. Files.Where(name => name.Contains(".part", StringComparison.Ordinal))];

    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>Changes one bit in its middle.</summary>
    public void Flip(string name)
    {
        var content = File.ReadAllBytes(PathOf(name));
        content[content.Length / 2] ^= 1;
        File.WriteAllBytes(PathOf(name), content);
    }

    public void Replace(string name, string old, string by)
    {
        var text = File.ReadAllText(PathOf(name));
        text.ShouldContain(old);
        File.WriteAllText(PathOf(name), text.Replace(old, by, StringComparison.Ordinal));
    }

    /// <summary>Writes the list of all files anew, and signs it.</summary>
    /// <returns>The public key.</returns>
    public string SignAgain()
    {
        var lines = Files
            .Where(name => !name.StartsWith(List, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => $"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(PathOf(name))))}  {name}\n");
        File.WriteAllText(PathOf(List), string.Concat(lines));
        return SignList();
    }

    /// <summary>Signs the list as it is, whatever it says.</summary>
    /// <returns>The public key.</returns>
    public string SignList()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var signature = key.SignData(
            File.ReadAllBytes(PathOf(List)),
            HashAlgorithmName.SHA256,
            DSASignatureFormat.Rfc3279DerSequence
        );
        File.WriteAllText(PathOf($"{List}.sig"), $"{Convert.ToBase64String(signature)}\n");
        return _scratch.Write("other.pub", $"{key.ExportSubjectPublicKeyInfoPem()}\n");
    }

    public void Dispose() => _scratch.Dispose();
}
