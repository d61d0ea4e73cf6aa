using System.Globalization;
using CellLab.Core.Events;
using CellLab.Service.Hosting;
using CellLab.Service.Watching;

namespace CellLab.Service.Notifying;

/// <summary>Which messages an alarm makes, and what becomes of one when its time has come; pure.</summary>
internal sealed class AlarmMessages(NotifySettings settings, NodeInfo node)
{
    /// <summary>The alarm about a target that cannot be reached.</summary>
    public static string FailureOf(string target) => $"notify-{target}";

    public IReadOnlyList<OutgoingMessage> For(Alarm alarm, DateTimeOffset now) =>
    [
        .. settings.Targets.Where(target => alarm.Severity >= target.Least && alarm.Id != FailureOf(target.Name)).SelectMany(target => For(alarm, target, now)),
    ];

    /// <summary>Null: send it now. Otherwise until when it waits; <see cref="DateTimeOffset.MaxValue"/>: there is nothing to tell any more.</summary>
    public static DateTimeOffset? Postponed(OutgoingMessage message, Alarm? alarm, DateTimeOffset now)
    {
        if (message.Kind == MessageKind.Digest)
        {
            return null;
        }

        bool over = alarm is null or { AcknowledgedAtUtc: not null };
        bool gone = over || (!alarm!.Active && !MomentaryAlarms.Contains(alarm.Id));
        if (message.Kind == MessageKind.Escalation ? over : message.Severity == AlarmSeverity.Warning && gone)
        {
            return DateTimeOffset.MaxValue;
        }

        return alarm is not null && alarm.IsShelved(now) ? alarm.ShelvedUntilUtc : null;
    }

    private IEnumerable<OutgoingMessage> For(Alarm alarm, NotifyTarget target, DateTimeOffset now)
    {
        string about = string.Create(CultureInfo.InvariantCulture, $"{alarm.Id} {alarm.RaisedAtUtc.UtcDateTime:yyyyMMddTHHmmss.fff} {Word(alarm)}");
        if (!target.EscalationsOnly)
        {
            TimeSpan delay = alarm.Severity == AlarmSeverity.Warning ? settings.WarningDelay : TimeSpan.Zero;
            yield return Message(MessageKind.Alarm, $"alarm {about}", target, alarm, now, now + delay);
        }

        if (target.EscalationsOnly && alarm is { Severity: AlarmSeverity.Critical, AcknowledgedAtUtc: null })
        {
            yield return Message(MessageKind.Escalation, $"escalation {about}", target, alarm, now, now + settings.EscalateAfter);
        }
    }

    private OutgoingMessage Message(MessageKind kind, string key, NotifyTarget target, Alarm alarm, DateTimeOffset now, DateTimeOffset due)
    {
        string lead = kind == MessageKind.Escalation ? "not acknowledged: " : "";
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            {alarm.Text}

            severity  {Word(alarm)}
            alarm     {alarm.Id}
            raised    {alarm.RaisedAtUtc.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC (lab time)
            job       {alarm.Job?.Value ?? "-"}
            device    {alarm.Device ?? "-"}
            node      {node.Site}/{node.Node}

            Acknowledge it on the page, or: celllab alarm ack {alarm.Id} --note TEXT
            """);
        return new OutgoingMessage(
            key, target.Name, kind, $"[{node.Site}/{node.Node}] {Word(alarm)}: {lead}{alarm.Text}", text, alarm.Id, alarm.Severity, now, due)
        {
            Job = alarm.Job?.Value,
            Device = alarm.Device,
        };
    }

    private static string Word(Alarm alarm) => alarm.Severity.ToString().ToLowerInvariant();
}
