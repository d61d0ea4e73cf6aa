using System.Xml.Linq;
using CellLab.Core.Programs;
using CellLab.Core.Protocols;

namespace CellLab.Drivers.Neware.StepFile;

/// <summary>Reads <c>Head_Info</c> and <c>Whole_Prt</c>.</summary>
internal sealed class StepFileHeadReader(XElement config, StepFileNotes notes)
{
    private const double RateMode = 105;

    public WholeTest Read()
    {
        XElement? head = config.Element("Head_Info");
        ReadScale(head);
        double? capacity = notes.AmpereHours(head, "MultCap");
        string? remark = head?.Element("Remark")?.Attribute("Value")?.Value;
        XElement? whole = config.Element("Whole_Prt");
        return new WholeTest(
            string.IsNullOrWhiteSpace(remark) ? null : remark,
            capacity > 0 ? capacity : null,
            notes.Number(head, "RateType") == RateMode,
            Record(whole, notes),
            Limits(whole));
    }

    /// <summary>The record rule of a step or of the whole; null where none is stated.</summary>
    public static RecordRule? Record(XElement? owner, StepFileNotes notes)
    {
        XElement? main = owner?.Element("Record")?.Element("Main");
        double? seconds = notes.Seconds(main, "Time");
        double? volts = Positive(notes.Volts(main, "Volt"));
        double? amperes = Positive(notes.Amperes(main, "Curr"));
        return seconds is null && volts is null && amperes is null
            ? null
            : new RecordRule(seconds ?? DefaultRecordRule.For((double?)null).IntervalSeconds, volts, amperes);
    }

    private ProtocolLimits Limits(XElement? whole)
    {
        XElement? protect = whole?.Element("Protect");
        XElement? main = protect?.Element("Main");
        var limits = new ProtocolLimits
        {
            At = main is null ? default : StepFileNotes.PlaceOf(main),
            MaxVolts = notes.Volts(main?.Element("Volt"), "Upper"),
            MinVolts = notes.Volts(main?.Element("Volt"), "Lower"),
            MaxAmperes = notes.Amperes(main?.Element("Curr"), "Upper"),
            MinAmperes = notes.Amperes(main?.Element("Curr"), "Lower"),
            MaxAmpereHours = notes.AmpereHours(main?.Element("Cap"), "Upper"),
            DelaySeconds = notes.Seconds(main, "Delay_Time") ?? notes.Seconds(main, "Delay"),
        };
        RefuseInverted(main?.Element("Volt"), limits.MaxVolts, limits.MinVolts);
        RefuseInverted(main?.Element("Curr"), limits.MaxAmperes, limits.MinAmperes);
        return limits;
    }

    private void RefuseInverted(XElement? range, double? upper, double? lower)
    {
        if (range is not null && upper <= lower)
        {
            notes.Refuse(range, $"the upper protection of {range.Name.LocalName} is not above the lower one", "correct Upper or Lower");
        }
    }

    private void ReadScale(XElement? head)
    {
        if (notes.Number(head, "Scale") is { } scale && scale != 1)
        {
            if (scale > 0)
            {
                notes.Scale = scale;
                notes.Warn(head!.Element("Scale")!, FormattableString.Invariant($"Scale is {scale}: capacities were divided by it"), "compare the nominal capacity with the cell's");
            }
            else
            {
                notes.Refuse(head!.Element("Scale")!, FormattableString.Invariant($"Scale is {scale}, expected a number greater than 0"));
            }
        }
    }

    private static double? Positive(double? value) => value > 0 ? value : null;
}
