using System.Security.Cryptography;
using System.Text;
using InfoMetis.Release.EndToEnd.Harness;
using InfoMetis.Release.Signing;

namespace InfoMetis.Release.EndToEnd.Signing;

/// <summary>A made-up folder that looks like a bundle, and keys beside it.</summary>
internal sealed class SignedBundle : IDisposable
{
    private static readonly string[] Archives = ["demo.tar.zst.part01of02", "demo.tar.zst.part02of02"];

    public SignedBundle()
    {
        foreach (var archive in Archives)
            Scratch.Write($"demo/{archive}", $"the content of {archive}");
        Scratch.Write("demo/install.sh", "#!/bin/sh\n");
        Scratch.Write("demo/inventory.json", "{}\n");
        Scratch.Write("demo/VERIFY.txt", Instructions.For(Archives));
        File.WriteAllText(Sums, Listed());
    }

    public ScratchFolder Scratch { get; } = new();

    public string Folder => Scratch.PathOf("demo");
    public string Sums => Path.Combine(Folder, SignedFiles.Sums);

    public void Dispose() => Scratch.Dispose();

    /// <summary>Signs with a key that was made for it, and names the file of the public one.</summary>
    public string Sign(string name = "release")
    {
        using var key = SigningKey.Generate();
        key.Write(Scratch.PathOf(name), name);
        SignedFolder.Sign(Folder, key);
        return Scratch.PathOf($"{name}.pub");
    }

    public SignatureVerdict Check(string publicKey) =>
        SignatureCheck.Of(SignedSums.In(Folder), new SignaturePolicy { Trusted = TrustedKeys.From([publicKey]) });

    /// <summary>Changes one bit, far enough behind that in a Sigstore bundle the signature has it.</summary>
    public void Damage(string name)
    {
        var file = Path.Combine(Folder, name);
        var content = File.ReadAllBytes(file);
        content[content.Length * 3 / 4] ^= 1;
        File.WriteAllBytes(file, content);
    }

    /// <summary>Runs a program where the bundle lies.</summary>
    public Task<Finished> RunAsync(string program, params string[] arguments) =>
        new Run(program, arguments) { Folder = Folder }.ToEndAsync();

    /// <summary>Runs openssl where the keys lie; it must succeed.</summary>
    public async Task OpensslAsync(params string[] arguments)
    {
        var finished = await new Run("openssl", arguments) { Folder = Scratch.Folder }.ToEndAsync();
        finished.ExitCode.ShouldBe(0, finished.Error);
    }

    /// <summary>Lines for the shell, as its reader would type them.</summary>
    public Task<Finished> TypeAsync(string shell, string publicKey, IEnumerable<string> lines) =>
        new Run(Tools.Require(shell), [.. Applet(shell), "-e", "-c", string.Join('\n', lines)])
        {
            Folder = Folder,
            Variables = new Dictionary<string, string?> { ["KEY"] = publicKey },
        }.ToEndAsync();

    private static string[] Applet(string shell) => shell is "busybox" ? ["ash"] : [];

    private string Listed()
    {
        var text = new StringBuilder();
        foreach (var file in Directory.GetFiles(Folder).Order(StringComparer.Ordinal))
            text.Append(
                $"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))}  {Path.GetFileName(file)}\n"
            );
        return text.ToString();
    }
}
