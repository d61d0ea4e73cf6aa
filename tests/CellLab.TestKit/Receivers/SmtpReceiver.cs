using System.Text;

namespace CellLab.TestKit.Receivers;

/// <summary>Takes every mail (RFC 5321, no extensions); a mail is its header and body as sent.</summary>
public sealed class SmtpReceiver : Receiver
{
    protected override async Task TalkAsync(StreamReader reader, StreamWriter writer, CancellationToken cancellationToken)
    {
        await writer.WriteLineAsync("220 test");
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            string verb = line.Split(' ')[0].ToUpperInvariant();
            if (verb == "DATA")
            {
                await writer.WriteLineAsync("354 go on");
                Taken.Enqueue(await MailAsync(reader, cancellationToken));
            }

            await writer.WriteLineAsync(verb == "QUIT" ? "221 bye" : "250 ok");
            if (verb == "QUIT")
            {
                return;
            }
        }
    }

    internal static async Task<string> MailAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        var mail = new StringBuilder();
        while (await reader.ReadLineAsync(cancellationToken) is { } line && line != ".")
        {
            mail.AppendLine(line.StartsWith('.') ? line[1..] : line);
        }

        return mail.ToString();
    }
}
