using Microsoft.Extensions.Configuration;

namespace CellLab.Service.Options;

/// <summary>One configured device. <paramref name="Section"/> is the whole entry as it stands in the file: its driver binds <c>settings</c> and
/// refuses names it does not know.</summary>
public sealed record DeviceEntry(
    string Id, string Driver, string? Profile, bool Simulated, ConnectionEntry? Connection, IConfigurationSection Section)
{
    /// <summary>Without the section: it holds accounts, and this text may reach logs.</summary>
    public override string ToString() => $"{Id} ({Driver}, {Connection})";
}
