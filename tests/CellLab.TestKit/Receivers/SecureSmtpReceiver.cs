using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace CellLab.TestKit.Receivers;

/// <summary>A mail server that takes mail only after STARTTLS (RFC 3207) and a login (RFC 4954, PLAIN).</summary>
public sealed class SecureSmtpReceiver(X509Certificate2 certificate, string user, string password) : Receiver
{
    private int _refused;

    /// <summary>Every line that came in plain text.</summary>
    public ConcurrentQueue<string> Heard { get; } = new();

    /// <summary>Logins that were wrong.</summary>
    public int Refused => _refused;

    protected override async Task TalkAsync(StreamReader reader, StreamWriter writer, CancellationToken cancellationToken)
    {
        await writer.WriteLineAsync("220 test");
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            Heard.Enqueue(line);
            switch (VerbOf(line))
            {
                case "EHLO":
                    await writer.WriteLineAsync("250-test\r\n250 STARTTLS");
                    break;
                case "STARTTLS":
                    await writer.WriteLineAsync("220 go on");
                    await SecureAsync(writer.BaseStream, cancellationToken);
                    return;
                case "QUIT":
                    await writer.WriteLineAsync("221 bye");
                    return;
                default:
                    await writer.WriteLineAsync("530 5.7.0 STARTTLS first");
                    break;
            }
        }
    }

    private static string VerbOf(string line) => line.Split(' ')[0].ToUpperInvariant();

    private async Task SecureAsync(Stream plain, CancellationToken cancellationToken)
    {
        await using var secure = new SslStream(plain, leaveInnerStreamOpen: true);
        try
        {
            await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, cancellationToken);
        }
        catch (AuthenticationException)
        {
            return; // the client does not believe who this is
        }

        using var reader = new StreamReader(secure);
        await using var writer = new StreamWriter(secure) { NewLine = "\r\n", AutoFlush = true };
        await TalkSecurelyAsync(reader, writer, cancellationToken);
    }

    private async Task TalkSecurelyAsync(StreamReader reader, StreamWriter writer, CancellationToken cancellationToken)
    {
        bool known = false;
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            string verb = VerbOf(line);
            if (verb == "AUTH")
            {
                known = await IsKnownAsync(line, reader, writer, cancellationToken);
            }
            else if (verb == "DATA" && known)
            {
                await writer.WriteLineAsync("354 go on");
                Taken.Enqueue(await SmtpReceiver.MailAsync(reader, cancellationToken));
            }

            await writer.WriteLineAsync(verb switch
            {
                "EHLO" => "250-test\r\n250 AUTH PLAIN",
                "AUTH" => known ? "235 2.7.0 welcome" : "535 5.7.8 Authentication credentials invalid",
                "QUIT" => "221 bye",
                _ => known ? "250 ok" : "530 5.7.0 Authentication required",
            });
            if (verb == "QUIT")
            {
                return;
            }
        }
    }

    /// <summary>RFC 4616: nothing, the name and the password, with a NUL before each of the two.</summary>
    private async Task<bool> IsKnownAsync(string line, StreamReader reader, StreamWriter writer, CancellationToken cancellationToken)
    {
        string[] words = line.Split(' ');
        if (words.Length < 3)
        {
            await writer.WriteLineAsync("334 ");
        }

        string said = words.Length < 3 ? await reader.ReadLineAsync(cancellationToken) ?? "" : words[2];
        bool known = Encoding.UTF8.GetString(Convert.FromBase64String(said)) == $"\0{user}\0{password}";
        _refused += known ? 0 : 1;
        return known;
    }
}
