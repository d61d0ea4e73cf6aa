namespace CellLab.Service.Rest.Jobs;

/// <summary>What <c>POST jobs</c> takes. Mass and capacity come with their units (<c>"2.00mg"</c>, <c>"250mAh/g"</c> or <c>"0.5mAh"</c>) and may be
/// left out for a sample that is registered. <c>set</c> gives values to the protocol's parameters; <c>accept_losses</c> takes a
/// vendor's step file although conditions or protections of its steps cannot be carried over; <c>at</c> is the lab time
/// before which it is not started; <c>accept_capacity</c> is the reason of an unusual capacity of a new sample; <c>queue</c> takes a place behind the job that holds the channel, which is a refusal otherwise.</summary>
internal sealed record JobRequest(
    string? ProtocolName = null, string? Protocol = null, string? Pipeline = null, string? Sample = null, string? Mass = null, string? Capacity = null,
    string? AcceptOcv = null, IReadOnlyDictionary<string, string>? Set = null, bool AcceptLosses = false, string? At = null,
    bool Queue = false, string? AcceptCapacity = null);

/// <summary>The answer: the job's id, and what was doubtful but accepted.</summary>
internal sealed record JobAccepted(string Job, IReadOnlyList<string> Warnings);
