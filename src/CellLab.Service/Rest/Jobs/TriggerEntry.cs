using System.Text.Json.Serialization;
using CellLab.Core.Triggers;
using CellLab.Engine.Desk;

namespace CellLab.Service.Rest.Jobs;

/// <summary>One trigger of a job. <paramref name="LatencyS"/> is the lab time between condition and pulse; <paramref name="VoltageV"/> and
/// <paramref name="Cycle"/> are of the state that was asked for.</summary>
internal sealed record TriggerEntry(
    string Trigger, TriggerFate Fate, string? Reason, IReadOnlyList<string> Conditions, string? RequestedBy, bool Queued,
    DateTimeOffset? ConditionUtc, DateTimeOffset? OutUtc, DateTimeOffset? BusyOnUtc, DateTimeOffset? BusyOffUtc, double? LatencyS, [property: JsonPropertyName("e_v")] double? VoltageV, int? Cycle)
{
    public static TriggerEntry Of(TriggerIntent intent) => new(
        intent.Id, intent.Fate, intent.Reason, intent.Conditions, intent.By, intent.Queued, intent.Times.Condition?.AtUtc, intent.Times.Out?.AtUtc,
        intent.Times.BusyOn?.AtUtc, intent.Times.BusyOff?.AtUtc, intent.Times.LatencySeconds, intent.Requested?.VoltageVolts, intent.Requested?.Cycle);
}

/// <param name="Now">Null for a job whose triggers do not run.</param>
internal sealed record TriggerList(TriggerView? Now, IReadOnlyList<TriggerEntry> Triggers);
