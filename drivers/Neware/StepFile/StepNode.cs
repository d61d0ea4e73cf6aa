using System.Globalization;
using System.Xml.Linq;
using CellLab.Core.Documents;
using CellLab.Core.Protocols;
using CellLab.Core.Units;

namespace CellLab.Drivers.Neware.StepFile;

/// <summary>One step of a file while it is read.</summary>
internal sealed class StepNode(XElement element, int number, StepFileNotes notes, WholeTest whole)
{
    /// <summary>A rate and the current beside it may differ by so much of it before they contradict each other.</summary>
    private const double RateTolerance = 0.001;

    public XElement Element => element;

    public int Number => number;

    public StepFileNotes Notes => notes;

    public WholeTest Whole => whole;

    public SourcePosition At => StepFileNotes.PlaceOf(element);

    public StepType Type { get; } = TypeOf(element) ?? 0;

    public string Label => $"step {number} ({StepTypeNames.Of(Type)})";

    public XElement? Main => element.Element("Limit")?.Element("Main");

    public bool Charging =>
        Type is StepType.ConstantCurrentCharge or StepType.ConstantVoltageCharge or StepType.ConstantCurrentVoltageCharge;

    public bool KeepsCapacityEnd => Type is StepType.ConstantCurrentCharge or StepType.ConstantCurrentDischarge
        or StepType.ConstantVoltageCharge or StepType.ConstantVoltageDischarge
        or StepType.ConstantCurrentVoltageCharge or StepType.ConstantCurrentVoltageDischarge;

    /// <summary>The charge at which the step ends; null without one, or where it cannot be kept.</summary>
    public CapacityEnd? CapacityEnd => KeepsCapacityEnd && notes.AmpereHours(Main, "Cap") is { } charge and > 0 ? new CapacityEnd(charge, null) : null;

    /// <summary>The time end, s; null without one.</summary>
    public double? Time { get; } = notes.Seconds(element.Element("Limit")?.Element("Main"), "Time");

    public static StepType? TypeOf(XElement step) =>
        int.TryParse(step.Attribute("Step_Type")?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int code) ? (StepType)code : null;

    public ProtocolStep[] Refuse(string message, string hint)
    {
        notes.Refuse(element, $"{Label}: {message}", hint);
        return [];
    }

    /// <summary>The magnitude as rate or as current (A), whichever the file means; both null when neither is given or it is 0. Where both stand, the
    /// current is what the tester applies, so the rate is taken only if it gives that current.</summary>
    public (double? RateC, double? Amperes) Current(string currentName, string rateName)
    {
        double? amperes = NotZero(notes.Amperes(Main, currentName));
        double? rate = NotZero(notes.Number(Main, rateName));
        if (rate is not { } given || (amperes is not null && !Means(given, amperes.Value, currentName, rateName)))
        {
            return (null, amperes);
        }

        return (rate, null);
    }

    private bool Means(double rate, double amperes, string currentName, string rateName)
    {
        double? expected = rate * whole.CapacityAmpereHours;
        bool agrees = Math.Abs(expected - amperes ?? double.NaN) <= RateTolerance * amperes;
        if (!whole.RatesCount && !agrees)
        {
            string why = expected is { } found ? $"at MultCap it would be {QuantityText.Milliamperes(found)}" : "without MultCap it says nothing";
            notes.Warn(element, $"{Label}: {rateName} {QuantityText.Plain(rate)}C: {why}, {currentName} is {QuantityText.Milliamperes(amperes)} and wins", "correct MultCap");
        }
        else if (!agrees && expected is { } byRate)
        {
            notes.Lost(element, $"{Label}: {currentName} {QuantityText.Milliamperes(amperes)}: the file counts in C-rates, and {rateName} gives {QuantityText.Milliamperes(byRate)}", "correct MultCap");
        }

        return whole.RatesCount || agrees;
    }

    private static double? NotZero(double? value) => value is { } number and not 0 ? Math.Abs(number) : null;
}
