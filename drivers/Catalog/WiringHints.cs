using System.Globalization;
using CellLab.Core.Devices;

namespace CellLab.Drivers.Catalog;

/// <summary>What a voltage without current says about the leads. A lithium cell lies between about 1 and 5 V; nothing here is a measurement of the wiring.</summary>
public static class WiringHints
{
    /// <summary>Below this a cell is missing, shorted or has an open lead, V.</summary>
    public const double NothingBelowVolts = 0.05;

    /// <summary>No cell of this laboratory comes so high, V.</summary>
    public const double NoCellAboveVolts = 5.2;

    /// <summary>At most one sentence for each kind of doubt, with its channels; channels that run are passed over.</summary>
    public static IEnumerable<string> Of(IEnumerable<ChannelStatus> channels) => channels
        .Where(channel => channel.State is not (ChannelState.Running or ChannelState.Paused or ChannelState.Unknown) && channel.VoltageVolts is not null)
        .Select(channel => (channel.Channel, Volts: channel.VoltageVolts!.Value, Doubt: Doubt(channel.VoltageVolts.Value)))
        .Where(found => found.Doubt is not null)
        .GroupBy(found => found.Doubt!)
        .Select(same => $"{same.Key}: {string.Join(", ", same.Select(found => string.Create(CultureInfo.InvariantCulture, $"{found.Channel} {found.Volts:0.000} V")))}");

    private static string? Doubt(double volts) => volts switch
    {
        <= -NothingBelowVolts => "a negative open-circuit voltage, the cell or its sense leads are reversed",
        < NothingBelowVolts => "no open-circuit voltage, there is no cell, a lead is open or the cell is shorted",
        > NoCellAboveVolts => "an open-circuit voltage that no cell has, a sense lead is open",
        _ => null,
    };
}
