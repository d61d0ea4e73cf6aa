using CellLab.Drivers.XrdTrigger.Contacts;
using CellLab.Drivers.XrdTrigger.Lines;
using CellLab.Transport.Modbus;

namespace CellLab.Drivers.XrdTrigger;

/// <summary>Settings of one trigger. README.md beside this file lists their names in the configuration.</summary>
public sealed record XrdTriggerOptions
{
    public required TriggerWireKind Kind { get; init; }

    public required Uri Address { get; init; }

    public TimeSpan ReplyTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Wall time: a contact is closed for so long whatever the lab clock does.</summary>
    public TimeSpan Pulse { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>Lab time between two pulses.</summary>
    public TimeSpan MinimumGap { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Where the diffractometer's files appear; absolute, null when it is not known.</summary>
    public string? PatternFolder { get; init; }

    /// <summary>What the height of the sample adds to every angle; only the user can know it.</summary>
    public double? DisplacementOffsetDegrees { get; init; }

    public ContactSettings? Contacts { get; init; }

    public SerialTriggerLines? Lines { get; init; }

    public AerisSettings? Aeris { get; init; }
}

public enum TriggerWireKind { Contacts, Helper, Aeris, SerialLine }

/// <summary>Outputs and inputs of a Modbus module, counted from 0 as the map does.</summary>
/// <param name="AddressOffset">Added to every coil and input address: modules whose manual counts from 1 and means it.</param>
/// <param name="Watchdog">How long the module waits for us during a pulse before it drops its outputs.</param>
public sealed record ContactSettings(
    IoModuleMap Map, byte Unit, ModbusLineSettings Line, int Output, int? Busy, int? Ready, int? Fault, bool ActiveLow, int AddressOffset, TimeSpan Watchdog);

/// <param name="Application">Program on the instrument.</param>
/// <param name="Location">Where the sample lies: <c>0,2</c>.</param>
public sealed record AerisSettings(string Application, string Location);
