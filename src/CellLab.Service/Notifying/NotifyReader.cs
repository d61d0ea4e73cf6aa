using System.Globalization;
using CellLab.Core.Events;
using CellLab.Service.Options;

namespace CellLab.Service.Notifying;

/// <summary>Reads <c>notify</c> of the configuration.</summary>
internal static class NotifyReader
{
    private const int DayMinutes = 24 * 60;

    public static NotifySettings Read(ConfigurationSection root, string folder)
    {
        var settings = new NotifySettings();
        if (root.OptionalSection("notify") is not { } notify)
        {
            return settings;
        }

        settings = settings with
        {
            Targets = [.. notify.Sections("targets").Select(target => Target(target, folder))],
            WarningDelay = notify.OptionalNumber("warning_delay_s", 0, 3600) is { } delay ? TimeSpan.FromSeconds(delay) : settings.WarningDelay,
            EscalateAfter = notify.OptionalNumber("escalate_after_min", 1, DayMinutes) is { } after ? TimeSpan.FromMinutes(after) : settings.EscalateAfter,
            MessagesPerHour = notify.OptionalNumber("messages_per_hour", 2, 1000) ?? settings.MessagesPerHour,
            DigestAt = notify.OptionalText("digest_at") is { } at ? Time(notify, at) : null,
            Heartbeat = notify.OptionalSection("heartbeat") is { } heartbeat ? Heartbeat(heartbeat) : null,
        };
        notify.Finish();
        string[] names = [.. settings.Targets.Select(target => target.Name)];
        return names.Distinct().Count() == names.Length ? settings : throw notify.Wrong("targets", "a name stands there twice", "Give each its own name");
    }

    private static NotifyTarget Target(ConfigurationSection section, string folder)
    {
        string name = Identifier.Read(section, "name");
        AlarmSeverity least = section.Word("least", ("warning", AlarmSeverity.Warning), ("critical", AlarmSeverity.Critical));
        bool escalations = section.Flag("escalations_only", false);
        WebhookEntry? webhook = section.OptionalSection("webhook") is { } hook ? Webhook(hook, folder) : null;
        MailEntry? mail = section.OptionalSection("mail") is { } box ? Mail(box, folder) : null;
        section.Finish();
        return webhook is null != mail is null
            ? new NotifyTarget(name, least, escalations, webhook, mail)
            : throw section.Wrong("webhook", webhook is null ? "neither webhook nor mail" : "webhook and mail", "A target is one of both");
    }

    private static WebhookEntry Webhook(ConfigurationSection section, string folder)
    {
        var entry = new WebhookEntry(Address(section), section.OptionalText("secret_file") is { } file ? Path.GetFullPath(file, folder) : null);
        section.Finish();
        return entry;
    }

    private static MailEntry Mail(ConfigurationSection section, string folder)
    {
        MailSecurity security = section.Word("security", ("starttls", MailSecurity.StartTls), ("tls", MailSecurity.Tls), ("none", MailSecurity.None));
        var entry = new MailEntry(
            section.Text("host"),
            section.OptionalNumber("port", 1, 65535) ?? (security == MailSecurity.Tls ? 465 : security == MailSecurity.StartTls ? 587 : 25),
            security,
            section.OptionalText("user"),
            section.OptionalText("password_file") is { } file ? Path.GetFullPath(file, folder) : null,
            section.Text("from"),
            section.OptionalTexts("to"));
        section.Finish();
        if (entry.User is null != entry.PasswordFile is null)
        {
            throw section.Wrong("user", entry.User is null ? "a password_file without a user" : "a user without a password_file", "Give both, or neither for a server that asks for no login");
        }

        if (entry is { User: not null, Security: MailSecurity.None })
        {
            throw section.Wrong("security", "none, with a password", "The password would go out in plain text: write starttls or tls");
        }

        if (entry.To.Count == 0)
        {
            throw section.Wrong("to", "nobody", "Give one address or more: [\"lab@example.org\"]");
        }

        string? wrong = entry.To.Prepend(entry.From).FirstOrDefault(address => !MimeKit.MailboxAddress.TryParse(address, out _));
        return wrong is null ? entry : throw section.Wrong(wrong == entry.From ? "from" : "to", $"'{wrong}' is no mail address", "Write name@example.org");
    }

    private static HeartbeatEntry Heartbeat(ConfigurationSection section)
    {
        var entry = new HeartbeatEntry(Address(section), TimeSpan.FromMinutes(section.OptionalNumber("interval_min", 1, DayMinutes) ?? 5));
        section.Finish();
        return entry;
    }

    private static Uri Address(ConfigurationSection section) =>
        Uri.TryCreate(section.Text("url"), UriKind.Absolute, out Uri? url) && url.Scheme is ("http" or "https")
            ? url
            : throw section.Wrong("url", "no address", "Write for example https://example.org/hook");

    private static TimeOnly Time(ConfigurationSection section, string text) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly time)
            ? time
            : throw section.Wrong("digest_at", $"'{text}' is no time of day", "Write hours and minutes in UTC, as \"06:00\"");
}
