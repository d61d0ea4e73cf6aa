using System.Security.Cryptography;
using System.Text;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace CellLab.Service.Notifying;

/// <summary>Mail by SMTP. <c>Message-ID</c> is made of the message's key: a mail program shows a repeated one once.</summary>
internal sealed class MailSender(MailEntry entry) : IMessageSender
{
    public async Task SendAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        try
        {
            // Chain and name are checked. Lists of revoked certificates are not asked for, as with webhooks: an institution's own authority has none, and a laboratory without
            // the internet cannot reach any, which would keep every mail back.
            using var client = new SmtpClient { CheckCertificateRevocation = false };
            await client.ConnectAsync(entry.Host, entry.Port, SecurityOf(entry.Security), cancellationToken);
            if (entry is { User: { } user, PasswordFile: { } file })
            {
                await client.AuthenticateAsync(user, File.ReadLines(file).FirstOrDefault() ?? "", cancellationToken);
            }

            await client.SendAsync(Compose(message), cancellationToken);
            await client.DisconnectAsync(quit: true, cancellationToken);
        }
        catch (AuthenticationException refused)
        {
            throw new NotifyException($"{entry.Host}: the login of '{entry.User}' was refused ({OneLine(refused.Message)}). Look at the password in {entry.PasswordFile}", refused);
        }
        catch (Exception error) when (error is not OperationCanceledException) // whatever it was, the mail has not gone out
        {
            throw new NotifyException($"{entry.Host}: {OneLine(error.Message)}", error);
        }
    }

    internal MimeMessage Compose(OutgoingMessage message)
    {
        string digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{message.Target} {message.Key}")));
        var mail = new MimeMessage
        {
            Subject = OneLine(message.Subject),
            Date = message.CreatedUtc,
            MessageId = $"{digest[..32]}@celllab",
            Body = new TextPart("plain") { Text = message.Text },
        };
        mail.From.Add(MailboxAddress.Parse(entry.From));
        mail.To.AddRange(entry.To.Select(MailboxAddress.Parse));
        mail.Headers.Add("Auto-Submitted", "auto-generated"); // no out-of-office answers (RFC 3834)
        return mail;
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static SecureSocketOptions SecurityOf(MailSecurity security) => security switch
    {
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        MailSecurity.StartTls => SecureSocketOptions.StartTls,
        _ => SecureSocketOptions.None,
    };
}
