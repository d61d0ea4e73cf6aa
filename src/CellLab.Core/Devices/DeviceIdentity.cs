namespace CellLab.Core.Devices;

/// <summary>What a device says it is; a member the device does not tell is null.</summary>
public sealed record DeviceIdentity(string? Model, string? Serial, string? Firmware);
