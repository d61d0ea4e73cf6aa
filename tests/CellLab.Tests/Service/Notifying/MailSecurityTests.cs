using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CellLab.Service.Notifying;

namespace CellLab.Tests.Service.Notifying;

/// <summary>Where STARTTLS is asked for, neither the password nor the mail goes out in plain text, whatever the server says.</summary>
public sealed class MailSecurityTests : IDisposable
{
    private const string Password = "correct horse";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_server_that_offers_no_encryption_gets_neither_password_nor_mail()
    {
        await using var server = new StartTlsReceiver(certificate: null);

        await Assert.ThrowsAsync<NotifyException>(() => SendAsync(server.Port));

        AssertNothingInPlain(server);
    }

    [Fact]
    public async Task A_server_whose_certificate_nobody_vouches_for_gets_neither_password_nor_mail()
    {
        using RSA key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 unknown = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(2099, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var server = new StartTlsReceiver(unknown);

        NotifyException refused = await Assert.ThrowsAsync<NotifyException>(() => SendAsync(server.Port));

        Assert.Contains("localhost", refused.Message, StringComparison.Ordinal);
        Assert.Contains("STARTTLS", server.Heard);
        Assert.Empty(server.Taken);
        AssertNothingInPlain(server);
    }

    public void Dispose() => _folder.Dispose();

    private static void AssertNothingInPlain(StartTlsReceiver server) =>
        Assert.DoesNotContain(server.Heard, line => !line.StartsWith("EHLO", StringComparison.Ordinal) && line is not ("STARTTLS" or "QUIT"));

    private async Task SendAsync(int port)
    {
        string file = Path.Combine(_folder.Path, "password");
        await File.WriteAllTextAsync(file, Password);
        var entry = new MailEntry("localhost", port, MailSecurity.StartTls, "lab", file, "celllab@example.org", ["ada@example.org"]);
        var message = new OutgoingMessage("key", "mail", MessageKind.Alarm, "subject", "text", null, null, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);
        await new MailSender(entry).SendAsync(message, CancellationToken.None);
    }
}
