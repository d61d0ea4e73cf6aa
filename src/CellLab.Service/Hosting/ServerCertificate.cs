using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CellLab.Service.Options;

namespace CellLab.Service.Hosting;

/// <summary>The certificate of <c>https</c>. Its file is looked at with each new connection, at most every few seconds, so that a renewed one is used without a new start; one that cannot be
/// read changes nothing.</summary>
internal sealed class ServerCertificate
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(10);

    private readonly CertificateEntry entry;
    private readonly TimeProvider wall;
    private readonly ILogger logger;
    private readonly Lock gate = new();
    private X509Certificate2 current;
    private DateTime written;
    private long looked;

    /// <exception cref="StartRefusedException">It cannot be read, has no key, or is out of date.</exception>
    public ServerCertificate(ServiceConfiguration configuration, CertificateEntry entry, TimeProvider wall, ILogger logger)
    {
        (this.entry, this.wall, this.logger) = (entry, wall, logger);
        try
        {
            (current, written, looked) = (Load(entry), File.GetLastWriteTimeUtc(entry.File), wall.GetTimestamp());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw StartRefusedException.At(configuration.File, "http.certificate", $"{entry.File} cannot be used ({error.Message})", "Name a certificate with its private key, in PEM or PKCS#12");
        }

        if (current.NotAfter.ToUniversalTime() <= wall.GetUtcNow().UtcDateTime)
        {
            throw StartRefusedException.At(configuration.File, "http.certificate", $"{entry.File} has expired on {current.NotAfter.ToUniversalTime():yyyy-MM-dd}", "Put a new one there");
        }

        Tell();
    }

    public X509Certificate2 Current
    {
        get
        {
            lock (gate)
            {
                if (wall.GetElapsedTime(looked) >= LookInterval)
                {
                    looked = wall.GetTimestamp();
                    Renew();
                }

                return current;
            }
        }
    }

    /// <summary>With its private key.</summary>
    public static X509Certificate2 Load(CertificateEntry entry)
    {
        if (entry.IsPkcs12)
        {
            return X509CertificateLoader.LoadPkcs12FromFile(entry.File, entry.PasswordFile is { } file ? File.ReadAllText(file).Trim() : null);
        }

        using X509Certificate2 pem = X509Certificate2.CreateFromPemFile(entry.File, entry.KeyFile);
        return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null); // as read from PEM, Windows cannot use its key for TLS
    }

    private void Tell()
    {
        DateTime notAfter = current.NotAfter.ToUniversalTime();
        Access.Log.CertificateLoaded(logger, current.Subject, notAfter);
    }

    private void Renew()
    {
        DateTime now = File.GetLastWriteTimeUtc(entry.File);
        if (now == written)
        {
            return;
        }

        try
        {
            (current, written) = (Load(entry), now);
            Tell();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            Access.Log.CertificateUnreadable(logger, error.Message);
        }
    }
}
