namespace CellLab.Core.Devices;

/// <summary>Signals of a diffractometer; null for what it does not tell.</summary>
/// <param name="ReadAtUtc">Lab time.</param>
/// <param name="Output">The trigger output, read back.</param>
/// <param name="Fault">In the instrument's words; null for none.</param>
/// <param name="LastId">The request whose exposure ran last.</param>
/// <param name="LastFile">Its file as the instrument names it.</param>
public sealed record TriggerReading(
    DateTimeOffset ReadAtUtc, bool? Ready, bool? Busy, bool? Output, string? Fault = null, string? LastId = null, string? LastFile = null);
