using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CellLab.TestKit.Receivers;

/// <summary>A certificate authority of a test's own, as an institution has one: without lists of what it has revoked.</summary>
public sealed class OwnAuthority : IDisposable
{
    private static readonly DateTimeOffset s_begin = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly RSA _key = RSA.Create(2048);
    private readonly X509Certificate2 _own;

    public OwnAuthority()
    {
        var request = new CertificateRequest("CN=Authority of a test", _key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        _own = request.CreateSelfSigned(s_begin, s_begin.AddYears(100));
    }

    /// <summary>What a machine has to be given to believe what this one issues.</summary>
    public string Pem => _own.ExportCertificatePem();

    /// <summary>A server's certificate with its key, for a name or an address in numbers.</summary>
    public X509Certificate2 Issue(string name)
    {
        using RSA key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(name, out IPAddress? address))
        {
            names.AddIpAddress(address);
        }
        else
        {
            names.AddDnsName(name);
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false)); // server authentication
        using X509Certificate2 signed = request.Create(_own, s_begin, s_begin.AddYears(99), RandomNumberGenerator.GetBytes(8));
        return signed.CopyWithPrivateKey(key);
    }

    public void Dispose()
    {
        _own.Dispose();
        _key.Dispose();
    }
}
