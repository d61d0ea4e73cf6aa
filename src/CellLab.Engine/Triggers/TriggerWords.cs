using System.Text.Json;
using CellLab.Core.Jobs;
using CellLab.Core.Triggers;

namespace CellLab.Engine.Triggers;

/// <summary>Triggers in words, for people and for instruments that keep a remark with the pattern.</summary>
internal static class TriggerWords
{
    public static string Of(DropReason reason) => reason switch
    {
        DropReason.Busy => "busy",
        DropReason.NotArmed => "not armed",
        DropReason.LinkDown => "link down",
        DropReason.RateLimit => "rate limit",
        DropReason.TooOld => "too old",
        DropReason.Replaced => "replaced by a newer one",
        DropReason.Repeated => "repeated",
        _ => "refused",
    };

    public static string Cause(TriggerIntent intent) => intent.By is { } who ? $"asked for by {who}" : string.Join(", ", intent.Conditions);

    public static string Metadata(Job job, TriggerIntent intent) => JsonSerializer.Serialize(new
    {
        job = job.Id.Value, sample = job.Sample, conditions = intent.Conditions, e_v = intent.Requested?.VoltageVolts, cycle = intent.Requested?.Cycle,
    });
}
