using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using CellLab.TestKit.Receivers;

namespace CellLab.Tests.Service.Notifying;

/// <summary>A mail server that offers STARTTLS (RFC 3207) with a certificate that nobody knows, or none at all. Every line it was told in plain text is kept.</summary>
public sealed class StartTlsReceiver(X509Certificate2? certificate) : Receiver
{
    public ConcurrentQueue<string> Heard { get; } = new();

    protected override async Task TalkAsync(StreamReader reader, StreamWriter writer, CancellationToken cancellationToken)
    {
        await writer.WriteLineAsync("220 test");
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            Heard.Enqueue(line);
            switch (line.Split(' ')[0].ToUpperInvariant())
            {
                case "EHLO":
                    await writer.WriteLineAsync(certificate is null ? "250-test\r\n250 AUTH PLAIN LOGIN" : "250-test\r\n250-STARTTLS\r\n250 AUTH PLAIN LOGIN");
                    break;
                case "STARTTLS" when certificate is not null:
                    await writer.WriteLineAsync("220 go on");
                    await SecureAsync(writer.BaseStream, certificate, cancellationToken);
                    return;
                case "QUIT":
                    await writer.WriteLineAsync("221 bye");
                    return;
                default:
                    await writer.WriteLineAsync("250 ok");
                    break;
            }
        }
    }

    private async Task SecureAsync(Stream plain, X509Certificate2 own, CancellationToken cancellationToken)
    {
        try
        {
            await using var secure = new SslStream(plain, leaveInnerStreamOpen: true);
            await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = own }, cancellationToken);
            using var reader = new StreamReader(secure);
            while (await reader.ReadLineAsync(cancellationToken) is { } line)
            {
                Taken.Enqueue(line);
            }
        }
        catch (AuthenticationException)
        {
            // the client does not believe who this is
        }
    }
}
