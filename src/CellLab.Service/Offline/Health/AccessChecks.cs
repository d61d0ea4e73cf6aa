using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CellLab.Service.Access;
using CellLab.Service.Hosting;
using CellLab.Service.Options;

namespace CellLab.Service.Offline.Health;

/// <summary>Certificate, users and tokens of a configuration: what will keep people out, or the service from starting, before it does.</summary>
internal static class AccessChecks
{
    private static readonly TimeSpan s_soon = TimeSpan.FromDays(21);

    public static IEnumerable<HealthCheck> Examine(ServiceConfiguration configuration, TimeProvider wall)
    {
        if (configuration.Http.Certificate is { } entry)
        {
            yield return Certificate(entry, wall.GetUtcNow());
        }

        if (configuration.Access.Required)
        {
            yield return Users(configuration, wall.GetUtcNow());
        }
    }

    private static HealthCheck Certificate(CertificateEntry entry, DateTimeOffset now)
    {
        try
        {
            using X509Certificate2 certificate = ServerCertificate.Load(entry);
            DateTime end = certificate.NotAfter.ToUniversalTime();
            return new HealthCheck(
                "certificate", end > now.UtcDateTime + s_soon, string.Create(CultureInfo.InvariantCulture, $"{certificate.Subject}, good until {end:yyyy-MM-dd}"),
                $"put a new one to {entry.File}; a running service takes it by itself");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return new HealthCheck("certificate", false, error.Message, $"{entry.File} has to be a certificate with its key");
        }
    }

    private static HealthCheck Users(ServiceConfiguration configuration, DateTimeOffset now)
    {
        try
        {
            AccessContents known = AccessFile.In(configuration.DataFolder).Read();
            int ending = known.Tokens.Count(token => token.ExpiresUtc > now && token.ExpiresUtc < now + s_soon);
            return new HealthCheck(
                "users", known.HasAdmin, string.Create(CultureInfo.InvariantCulture, $"{known.Users.Count} users; {ending} tokens end within three weeks"),
                $"celllab user add NAME --role admin --config {configuration.File}");
        }
        catch (AccessException unreadable)
        {
            return new HealthCheck("users", false, unreadable.Message, "put the file right");
        }
    }
}
