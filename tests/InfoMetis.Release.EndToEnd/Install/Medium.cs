using System.Security.Cryptography;
using InfoMetis.Release.EndToEnd.Bundle;
using InfoMetis.Release.EndToEnd.Harness;
using InfoMetis.Release.Signing;

namespace InfoMetis.Release.EndToEnd.Install;

/// <summary>A copy of a bundle that a test may do anything to.</summary>
internal sealed class Medium : IDisposable
{
    public const string Archive = $"{BundleSite.Name}.tar.zst";

    private readonly ScratchFolder _scratch = new();

    public Medium(string bundle, string name = BundleSite.Name)
    {
        Folder = _scratch.PathOf(name);
        Directory.CreateDirectory(Folder);
        foreach (var file in Directory.GetFiles(bundle))
            File.Copy(file, PathOf(Path.GetFileName(file)));
    }

    public string Folder { get; }

    public string Sums => PathOf("SHA256SUMS");

    public IEnumerable<string> Files => Directory.GetFiles(Folder).Select(file => Path.GetFileName(file));

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

    /// <summary>Lists what is there now, and signs the list with a key that was made for it.</summary>
    /// <returns>The public key.</returns>
    public string SignAgain()
    {
        foreach (var signature in new[] { "SHA256SUMS.sig", "SHA256SUMS.sigstore.json" })
            File.Delete(PathOf(signature));
        var lines = Files
            .Where(name => name != "SHA256SUMS")
            .Order(StringComparer.Ordinal)
            .Select(name => $"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(PathOf(name))))}  {name}\n");
        File.WriteAllText(Sums, string.Concat(lines));
        return SignList();
    }

    /// <summary>Signs the list as it is.</summary>
    /// <returns>The public key.</returns>
    public string SignList()
    {
        using var key = SigningKey.Generate();
        key.Write(_scratch.PathOf("other"), "other");
        SignedFolder.Sign(Folder, key);
        return _scratch.PathOf("other.pub");
    }

    public void Dispose() => _scratch.Dispose();
}
