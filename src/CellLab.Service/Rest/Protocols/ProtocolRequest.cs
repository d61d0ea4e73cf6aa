namespace CellLab.Service.Rest.Protocols;

/// <summary>What <c>POST protocols/check</c> takes: the text and what 1C means on the cell, by a registered sample or by mass and capacity with their
/// units (both may be missing). <paramref name="Pipeline"/> holds it against that pipeline's channel.</summary>
internal record ProtocolRequest(
    string? Name = null, string? Text = null, string? Sample = null, string? Mass = null, string? Capacity = null, string? Pipeline = null,
    IReadOnlyDictionary<string, string>? Set = null, bool AcceptLosses = false);
