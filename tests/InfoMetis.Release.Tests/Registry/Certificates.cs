using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace InfoMetis.Release.Tests.Registry;

/// <summary>An authority of the test's own, and what it issues, as PEM files in a folder.</summary>
internal sealed class Certificates : IDisposable
{
    private static readonly DateTimeOffset From = DateTimeOffset.Parse("2020-01-01T00:00:00Z");
    private static readonly DateTimeOffset To = DateTimeOffset.Parse("2049-01-01T00:00:00Z");

    private readonly X509Certificate2 _authority;

    public Certificates()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=an authority of this test", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        _authority = request.CreateSelfSigned(From, To);
        File.WriteAllText(Path.Combine(Folder, "ca.pem"), _authority.ExportCertificatePem());
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("imrel-tls-").FullName;

    public X509Certificate2 Server(string name)
    {
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(name, out var address))
            names.AddIpAddress(address);
        else
            names.AddDnsName(name);
        using var issued = Issue(name, "1.3.6.1.5.5.7.3.1", names.Build(), out var key);
        using (key)
        using (var whole = issued.CopyWithPrivateKey(key))
            return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), password: null);
    }

    public void WriteClient()
    {
        using var issued = Issue("me", "1.3.6.1.5.5.7.3.2", null, out var key);
        using (key)
        {
            File.WriteAllText(Path.Combine(Folder, "me.pem"), issued.ExportCertificatePem());
            File.WriteAllText(Path.Combine(Folder, "me.key"), key.ExportPkcs8PrivateKeyPem());
        }
    }

    public void Dispose()
    {
        _authority.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private X509Certificate2 Issue(string name, string purpose, X509Extension? names, out ECDsa key)
    {
        key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], critical: false));
        if (names is not null)
            request.CertificateExtensions.Add(names);
        return request.Create(_authority, From, To, [1, 2, 3, (byte)name.Length]);
    }
}
