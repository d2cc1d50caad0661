using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Registry;

/// <summary>The authorities and the client certificate that registries.yaml names for one registry.</summary>
internal static class OwnTrust
{
    public static void Apply(SslClientAuthenticationOptions tls, string host, RegistryRules rules)
    {
        if (rules.AuthorityFile is { } authorityFile)
        {
            var authorities = Load(authorityFile, () => Authorities(authorityFile));
            tls.RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                errors is SslPolicyErrors.None
                || (
                    errors is SslPolicyErrors.RemoteCertificateChainErrors
                    && certificate is X509Certificate2 server
                    && IsIssuedBy(authorities, server, chain)
                );
        }
        if (rules.ClientCertificate is { } files)
        {
            var certificate = Load(
                files.Certificate,
                () => X509Certificate2.CreateFromPemFile(files.Certificate, files.Key)
            );
            // Storage that a registry redirects to has no right to learn who asks.
            tls.LocalCertificateSelectionCallback = (_, target, _, _, _) =>
                string.Equals(target, host.Trim('[', ']'), StringComparison.OrdinalIgnoreCase) ? certificate : null!;
        }
    }

    private static X509Certificate2Collection Authorities(string file)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(file);
        return authorities.Count > 0 ? authorities : throw new CryptographicException("it holds no certificate");
    }

    private static bool IsIssuedBy(X509Certificate2Collection authorities, X509Certificate2 server, X509Chain? sent)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1"));
        if (sent is not null)
            chain.ChainPolicy.ExtraStore.AddRange(sent.ChainPolicy.ExtraStore);
        return chain.Build(server);
    }

    private static T Load<T>(string file, Func<T> load)
    {
        try
        {
            return load();
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException
            )
        {
            throw new ReleaseException(Message.BadCertificate(file, exception.Message), exception);
        }
    }
}
