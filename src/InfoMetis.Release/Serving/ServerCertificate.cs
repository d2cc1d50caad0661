using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Serving;

/// <summary>The certificate a server shows, with the others of its chain that stand in the same file.</summary>
public sealed class ServerCertificate : IDisposable
{
    private ServerCertificate(X509Certificate2 own, X509Certificate2Collection chain) => (Own, Chain) = (own, chain);

    internal X509Certificate2 Own { get; }

    internal X509Certificate2Collection Chain { get; }

    /// <summary>The name by which a client finds what the certificate vouches for: the address itself, or the first name in it.</summary>
    public string HostFor(string address) =>
        Own.MatchesHostname(address, allowWildcards: false, allowCommonName: false)
            ? address
            : Own
                .Extensions.OfType<X509SubjectAlternativeNameExtension>()
                .SelectMany(extension => extension.EnumerateDnsNames())
                .FirstOrDefault(name => !name.Contains('*', StringComparison.Ordinal), address);

    /// <param name="file">The certificate first, then those between it and its root, in PEM.</param>
    /// <param name="keyFile">Its private key, unencrypted, in PEM.</param>
    /// <exception cref="ReleaseException">They cannot be used.</exception>
    public static ServerCertificate Load(string file, string keyFile)
    {
        try
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(file);
            return new ServerCertificate(X509Certificate2.CreateFromPemFile(file, keyFile), chain);
        }
        catch (Exception exception)
            when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new ReleaseException(Message.TlsUnusable(file, keyFile, exception.Message), exception);
        }
    }

    public void Dispose()
    {
        Own.Dispose();
        foreach (var certificate in Chain)
            certificate.Dispose();
    }
}
