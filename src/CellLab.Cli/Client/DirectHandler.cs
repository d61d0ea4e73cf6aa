using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CellLab.Cli.Client;

/// <summary>The way to the service: past proxies, and with TLS believed by the system's authorities or by the one certificate that
/// <c>CELLLAB_CERTIFICATE</c> names (PEM; the service's own, or that of the laboratory's authority).</summary>
internal static class DirectHandler
{
    public static SocketsHttpHandler Create(CliEnvironment environment)
    {
        var handler = new SocketsHttpHandler { UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(5) };
        if (environment.Variable("CELLLAB_CERTIFICATE") is { Length: > 0 } file)
        {
            X509Certificate2 trusted = Load(file);
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.Add(trusted);
            handler.SslOptions.CertificateChainPolicy = policy;
        }

        return handler;
    }

    private static X509Certificate2 Load(string file)
    {
        try
        {
            return X509CertificateLoader.LoadCertificateFromFile(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw CliException.Failed($"CELLLAB_CERTIFICATE: {file} is no certificate that can be read ({error.Message})");
        }
    }
}
