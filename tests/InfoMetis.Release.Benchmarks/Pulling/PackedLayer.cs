using System.IO.Compression;
using System.Security.Cryptography;
using InfoMetis.Release.EndToEnd.Harness;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Benchmarks.Pulling;

/// <summary>What a Debian package installs, as a layer: a tar in a gzip of the usual level, as images carry it.</summary>
internal sealed record PackedLayer(string File, Digest Digest, Digest Tar, long Size)
{
    public static async Task<PackedLayer> MakeAsync(string package, string folder, CancellationToken cancellationToken)
    {
        await DoAsync(folder, "apt-get", "--quiet=2", "-o", "APT::Sandbox::User=root", "download", package);
        var archive = Directory.GetFiles(folder, $"{package}_*.deb").Single();
        var tar = Path.Combine(folder, $"{package}.tar");
        await DoAsync(folder, "sh", "-c", "dpkg-deb --fsys-tarfile \"$1\" >\"$2\"", "sh", archive, tar);
        System.IO.File.Delete(archive);
        var layer = Path.ChangeExtension(tar, ".tgz");
        await using (var unpacked = System.IO.File.OpenRead(tar))
        await using (var packed = System.IO.File.Create(layer))
        await using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            await unpacked.CopyToAsync(gzip, cancellationToken);
        var made = new PackedLayer(
            layer,
            await DigestAsync(layer, cancellationToken),
            await DigestAsync(tar, cancellationToken),
            new FileInfo(layer).Length
        );
        System.IO.File.Delete(tar);
        return made;
    }

    private static async Task<Digest> DigestAsync(string file, CancellationToken cancellationToken)
    {
        await using var content = System.IO.File.OpenRead(file);
        var hash = await SHA256.HashDataAsync(content, cancellationToken);
        return Digest.Parse($"{Digest.Algorithm}:{Convert.ToHexStringLower(hash)}");
    }

    private static async Task DoAsync(string folder, string program, params string[] arguments)
    {
        var finished = await new Run(program, arguments) { Folder = folder }.ToEndAsync();
        if (finished.ExitCode != 0)
            throw new MeasuringException($"{program} {string.Join(' ', arguments)}\n{finished.Error}");
    }
}
