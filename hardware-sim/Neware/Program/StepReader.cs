using System.Xml.Linq;

namespace CellLab.HardwareSim.Neware.Program;

/// <summary>One <c>StepN</c> element.</summary>
internal static class StepReader
{
    public static BtsStep Read(XElement e, StepDefaults defaults)
    {
        int id = e.Whole("Step_ID");
        int type = e.Whole("Step_Type");
        if (!Enum.IsDefined((BtsStepType)type))
        {
            throw new BtsProgramException($"step {id}: type {type} is not one that this tester runs");
        }

        XElement? limit = e.Element("Limit");
        XElement? other = limit?.Element("Other");
        BtsStep step = WithEnds(new BtsStep(id, (BtsStepType)type), limit?.Element("Main"), defaults.Scale) with
        {
            LoopTo = (int)(other.Number("Start_Step") ?? 0),
            LoopPasses = (int)(other.Number("Cycle_Count") ?? 1),
            RangeMilliamperes = other.Number("Step_Range"),
            Slopes = Slopes(e),
            Conditions = BtsCondition.Read(other, id),
            Record = StepFileReader.Record(e) ?? defaults.Record,
            Protection = StepFileReader.Protection(e, defaults.Scale).Over(defaults.Protection),
        };
        return Complete(step);
    }

    private static BtsStep WithEnds(BtsStep step, XElement? main, double scale) => step with
    {
        Milliamperes = main.Number("Curr") ?? 0,
        TargetVolts = main.Volts("Volt") ?? 0,
        StopVolts = main.Volts("Stop_Volt"),
        StopMilliamperes = main.Number("Stop_Curr"),
        Seconds = main.Seconds("Time"),
        MilliampereSeconds = main.Number("Cap") / scale,
    };

    /// <summary>SlopeType 1: all ramps in order, Cycle_Count times.</summary>
    private static List<BtsSlope> Slopes(XElement e)
    {
        XElement? slope = e.Descendants("Slope").FirstOrDefault();
        if (slope is null)
        {
            return [];
        }

        List<BtsSlope> once = [.. slope.Elements().Where(s => s.Attribute("StartValue") is not null).Select(s => new BtsSlope(
            s.Whole("StartValue") * 1e-4, s.Whole("EndValue") * 1e-4, ((double?)s.Attribute("Value") ?? 0) * 1e-3))];
        int cycles = Math.Max(1, (int?)slope.Attribute("Cycle_Count") ?? 1);
        return [.. Enumerable.Repeat(once, cycles).SelectMany(s => s)];
    }

    /// <summary>A step without which it could never run or end is refused here, as the tester does at start.</summary>
    private static BtsStep Complete(BtsStep step)
    {
        string? lacks = step.Type switch
        {
            BtsStepType.ChargeCurrent or BtsStepType.DischargeCurrent when step.Milliamperes <= 0 => "Limit/Main/Curr above 0",
            BtsStepType.ChargeCurrent or BtsStepType.DischargeCurrent
                when step.StopVolts is null && step.Seconds is null && step.MilliampereSeconds is null => "an end: Stop_Volt, Time or Cap",
            BtsStepType.ChargeCurrentVoltage or BtsStepType.DischargeCurrentVoltage when step.Milliamperes <= 0 || step.TargetVolts <= 0 =>
                "Limit/Main/Curr and Volt above 0",
            BtsStepType.ChargeVoltage or BtsStepType.DischargeVoltage when step.TargetVolts <= 0 => "Limit/Main/Volt above 0",
            BtsStepType.ChargeCurrentVoltage or BtsStepType.DischargeCurrentVoltage or BtsStepType.ChargeVoltage or BtsStepType.DischargeVoltage
                when step.StopMilliamperes is null && step.Seconds is null && step.MilliampereSeconds is null => "an end: Stop_Curr, Time or Cap",
            BtsStepType.Rest when !(step.Seconds > 0) => "Limit/Main/Time above 0",
            BtsStepType.VoltageScan when step.Slopes.Count == 0 || step.Slopes.Any(s => s.VoltsPerSecond <= 0) => "a Slope with a rate above 0",
            BtsStepType.Loop when step.LoopPasses < 1 => "Limit/Other/Cycle_Count of 1 or more",
            _ => null,
        };
        return lacks is null ? step : throw new BtsProgramException($"step {step.Id} (type {(int)step.Type}) lacks {lacks}");
    }
}
