using CellLab.Service.Offline.Foreign.Tables;
using CellLab.Service.Offline.Foreign.Text;

namespace CellLab.Service.Offline.Foreign.Cyclers;

/// <summary>Headers of LAND exports: the CSV of the newer program (names end with their unit) and the tab-separated text of the older one.
/// Counters restart at each step.</summary>
internal static class LandColumns
{
    public static IReadOnlyList<ColumnRule> Csv { get; } =
    [
        new(Quantity.RecordNumber, Dimension.Number, "channelindex"),
        new(Quantity.Cycle, Dimension.Number, "cycleindex"),
        new(Quantity.StepId, Dimension.Number, "stepindex"),
        new(Quantity.UnixSeconds, Dimension.Seconds, "datetimeisostring"),
        new(Quantity.TestSeconds, Dimension.Seconds, "testtimes"),
        new(Quantity.StepSeconds, Dimension.Seconds, "steptimes"),
        new(Quantity.Amperes, Dimension.Amperes, "currenta"),
        new(Quantity.Volts, Dimension.Volts, "voltagev"),
        new(Quantity.DischargeAh, Dimension.AmpereHours, "dischargecapacityah"),
        new(Quantity.ChargeAh, Dimension.AmpereHours, "chargecapacityah"),
        new(Quantity.DischargeWh, Dimension.WattHours, "dischargeenergywh"),
        new(Quantity.ChargeWh, Dimension.WattHours, "chargeenergywh"),
    ];

    public static IReadOnlyList<ColumnRule> Text { get; } =
    [
        new(Quantity.RecordNumber, Dimension.Number, "rec", "record"),
        new(Quantity.Cycle, Dimension.Number, "cyc", "cycle"),
        new(Quantity.StepId, Dimension.Number, "step|"),
        new(Quantity.TestSeconds, Dimension.Seconds, "test", "testtime"),
        new(Quantity.StepSeconds, Dimension.Seconds, "step|u", "steptime"),
        new(Quantity.Amperes, Dimension.Amperes, "amps", "amp"),
        new(Quantity.Volts, Dimension.Volts, "volts", "volt"),
        new(Quantity.Ah, Dimension.AmpereHours, "amp-hr"),
        new(Quantity.Wh, Dimension.WattHours, "watt-hr"),
        new(Quantity.UnixSeconds, Dimension.Seconds, "dpt-time"),
    ];
}
