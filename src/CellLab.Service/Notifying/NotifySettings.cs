using CellLab.Core.Events;

namespace CellLab.Service.Notifying;

/// <summary>The section <c>notify</c> of the configuration: who is told of alarms outside, and how. All times are wall time.</summary>
public sealed record NotifySettings
{
    public IReadOnlyList<NotifyTarget> Targets { get; init; } = [];

    /// <summary>A warning that is gone within this time is not told.</summary>
    public TimeSpan WarningDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>When a critical alarm that nobody has acknowledged goes to those for whom escalations are.</summary>
    public TimeSpan EscalateAfter { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Messages to one target in an hour; beyond that, one message tells of several.</summary>
    public int MessagesPerHour { get; init; } = 30;

    /// <summary>When the daily digest goes out, UTC; null for none.</summary>
    public TimeOnly? DigestAt { get; init; }

    /// <summary>Called at an interval: who watches it notices the silence of the whole service.</summary>
    public HeartbeatEntry? Heartbeat { get; init; }
}

/// <summary>One receiver: a webhook or a mailbox.</summary>
public sealed record NotifyTarget(string Name, AlarmSeverity Least, bool EscalationsOnly, WebhookEntry? Webhook, MailEntry? Mail);

/// <param name="SecretFile">Full path; its first line signs each message (HMAC-SHA256). Null: not signed.</param>
public sealed record WebhookEntry(Uri Url, string? SecretFile)
{
    /// <summary>Without what may be a secret.</summary>
    public override string ToString() => Url.GetLeftPart(UriPartial.Authority);
}

public enum MailSecurity
{
    StartTls,
    Tls,

    /// <summary>For a relay on this machine.</summary>
    None,
}

public sealed record MailEntry(
    string Host, int Port, MailSecurity Security, string? User, string? PasswordFile, string From, IReadOnlyList<string> To);

public sealed record HeartbeatEntry(Uri Url, TimeSpan Interval);
