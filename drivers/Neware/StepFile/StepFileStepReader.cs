using System.Xml.Linq;
using CellLab.Core.Programs;
using CellLab.Core.Protocols;

namespace CellLab.Drivers.Neware.StepFile;

/// <summary>Reads one step other than loop and end. Values are magnitudes, the type says the direction; entries are numbered by the caller.</summary>
internal sealed class StepFileStepReader(StepFileNotes notes, WholeTest whole)
{
    public IReadOnlyList<ProtocolStep> Read(XElement step, int number)
    {
        var node = new StepNode(step, number, notes, whole);
        IReadOnlyList<ProtocolStep> read = ReadType(node);
        return [.. read.Select(entry => WithOwn(entry, node))];
    }

    /// <summary>Its record rule, where that is not the whole test's, and its end at a capacity.</summary>
    private ProtocolStep WithOwn(ProtocolStep entry, StepNode node)
    {
        RecordRule? own = StepFileHeadReader.Record(node.Element, notes) is { } rule && rule != whole.Record ? rule : null;
        return entry with
        {
            InstrumentPart = new InstrumentPart(NewareStepFile.Format, node.Number),
            UntilCapacity = node.CapacityEnd, PeriodSeconds = own?.IntervalSeconds, RecordDeltaVolts = own?.DeltaVolts, RecordDeltaAmperes = own?.DeltaAmperes,
        };
    }

    private IReadOnlyList<ProtocolStep> ReadType(StepNode node)
    {
        switch (node.Type)
        {
            case StepType.Rest:
                return Rest(node);
            case StepType.ConstantCurrentCharge or StepType.ConstantCurrentDischarge:
                return Current(node, notes.Volts(node.Main, "Stop_Volt")) is { } current ? [current] : [];
            case StepType.ConstantVoltageCharge or StepType.ConstantVoltageDischarge:
                return Hold(node);
            case StepType.ConstantCurrentVoltageCharge or StepType.ConstantCurrentVoltageDischarge:
                return CurrentThenHold(node);
            case StepType.VoltageScan:
                return StepFileScan.Read(node);
            default:
                return node.Refuse("a protocol has no step for it", "take the step out of the file");
        }
    }

    private static ProtocolStep[] Rest(StepNode node) => node.Time is { } seconds
        ? [new OpenCircuitStep(0, node.At, null, seconds)]
        : node.Refuse("it has no Time", "a rest needs a time");

    private static ConstantCurrentStep? Current(StepNode node, double? untilVolts)
    {
        (double? rate, double? amperes) = node.Current("Curr", "Rate");
        double sign = node.Charging ? 1 : -1;
        if (rate is null && amperes is null)
        {
            node.Refuse("Curr gives no current other than 0", "give Curr in mA");
            return null;
        }

        if (untilVolts is null && node.Time is null && node.CapacityEnd is null)
        {
            node.Refuse("it has neither Time nor Stop_Volt", "give one of them");
            return null;
        }

        return new ConstantCurrentStep(0, node.At, null, sign * rate, sign * amperes, node.Time, untilVolts);
    }

    private ProtocolStep[] Hold(StepNode node)
    {
        if (notes.Volts(node.Main, "Volt") is not { } volts)
        {
            return node.Refuse("it has no Volt", "give the voltage to hold");
        }

        ConstantVoltageStep? hold = HoldAt(node, volts);
        return hold is null ? [] : [hold];
    }

    private static ConstantVoltageStep? HoldAt(StepNode node, double volts)
    {
        (double? rate, double? amperes) = node.Current("Stop_Curr", "Stop_Rate");
        double sign = node.Charging ? 1 : -1;
        if (rate is null && amperes is null && node.Time is null && node.CapacityEnd is null)
        {
            node.Refuse("it has neither Time nor Stop_Curr", "give one of them");
            return null;
        }

        bool? stated = rate is null && amperes is null ? node.Charging : null;
        return new ConstantVoltageStep(0, node.At, null, volts, node.Time, sign * rate, sign * amperes) { StatedCharging = stated };
    }

    /// <summary>A current until the voltage is reached, then the voltage: one step, whose time and charge count over both.</summary>
    private ProtocolStep[] CurrentThenHold(StepNode node)
    {
        ProtocolStep[] read = Hold(node);
        (double? rate, double? amperes) = node.Current("Curr", "Rate");
        if (rate is null && amperes is null)
        {
            return node.Refuse("Curr gives no current other than 0", "give Curr in mA");
        }

        double sign = node.Charging ? 1 : -1;
        return read is [ConstantVoltageStep hold] ? [hold with { StartRateC = sign * rate, StartAmperes = sign * amperes, StatedCharging = null }] : [];
    }
}
