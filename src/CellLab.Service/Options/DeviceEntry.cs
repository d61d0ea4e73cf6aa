using System.Text.Json;

namespace CellLab.Service.Options;

/// <summary>One configured device. <paramref name="Settings"/> is bound by its driver, which refuses names it does not know.</summary>
public sealed record DeviceEntry(
    string Id, string Driver, string? Profile, bool Simulated, ConnectionEntry? Connection, JsonElement Settings);
