using CellLab.Core.Documents;
using CellLab.Core.Programs;

namespace CellLab.Core.Protocols;

/// <summary>Turns a compiled program back into a portable protocol, for export. Every loop gets a tag with the name of its block.</summary>
public static class ProgramToProtocol
{
    /// <param name="losses">What the protocol cannot say.</param>
    public static Protocol Convert(CellProgram program, out IReadOnlyList<Finding> losses)
    {
        var entries = new List<ProtocolStep>();
        foreach (ProgramStep step in program.Steps)
        {
            foreach (string tag in TagsBefore(program, step.Number))
            {
                entries.Add(new TagMark(entries.Count + 1, default, null, tag));
            }

            entries.Add(step is LoopStep loop ? Loop(program, loop, entries.Count + 1) : WithRecord(Entry(step, entries.Count + 1), step.Record) with { InstrumentPart = step.InstrumentPart });
        }

        losses = program.Measured is { } measured
            ? [new Finding(null, 0, 0, $"the rates after step {measured.LastStep} follow from a measured capacity: here from the nominal one")] : [];
        return new Protocol
        {
            Name = program.Name,
            File = program.Name,
            CapacityAmpereHours = program.NominalCapacityAmpereHours > 0 ? program.NominalCapacityAmpereHours : null,
            Record = program.Record,
            Limits = LimitsOf(program),
            InstrumentPart = program.InstrumentPart,
            Steps = entries,
        };
    }

    private static LoopBack Loop(CellProgram program, LoopStep loop, int entry) => new(entry, default, null, TagOf(program, loop), 0, loop.Passes)
    {
        Exits = loop.Exits is { } exits ? exits with { Leaves = 0 } : null,
        LeavesTag = loop.Exits is { Leaves: > 0 and var left } ? TagOf(program, (LoopStep)program.Steps[left - 1]) : null,
        FirstPass = loop.FirstPass,
        CountsOn = loop.CountsOn,
        InstrumentPart = loop.InstrumentPart,
    };

    private static ProtocolStep WithRecord(ProtocolStep step, RecordRule? rule) => rule is null
        ? step
        : step with { PeriodSeconds = rule.IntervalSeconds, RecordDeltaVolts = rule.DeltaVolts, RecordDeltaAmperes = rule.DeltaAmperes };

    private static string[] TagsBefore(CellProgram program, int number) =>
        [.. program.Steps.OfType<LoopStep>().Where(loop => loop.FirstStep == number).Select(loop => TagOf(program, loop))];

    /// <summary>The block's name, made unique where two loops share it.</summary>
    private static string TagOf(CellProgram program, LoopStep loop) =>
        program.Steps.OfType<LoopStep>().First(other => other.Block == loop.Block) == loop ? loop.Block : $"{loop.Block}-{loop.Number}";

    private static ProtocolStep Entry(ProgramStep step, int entry)
    {
        switch (step)
        {
            case RestStep rest:
                return new OpenCircuitStep(entry, default, null, rest.DurationSeconds) { UntilVoltsPerSecond = rest.UntilVoltsPerSecond };
            case CurrentStep current:
                return new ConstantCurrentStep(
                    entry, default, null, current.RateC, current.RateC is null ? current.CurrentAmperes : null, current.UntilSeconds, current.UntilVoltageVolts)
                {
                    UntilCapacity = Capacity(current.UntilAmpereHours),
                };
            case VoltageStep hold:
                return new ConstantVoltageStep(
                    entry, default, null, hold.VoltageVolts, hold.UntilSeconds, hold.UntilRateC, hold.UntilRateC is null ? hold.UntilCurrentAmperes : null)
                {
                    UntilCapacity = Capacity(hold.UntilAmpereHours),
                    StartRateC = hold.CurrentFirst ? Signed(hold, hold.StartRateC) : null,
                    StartAmperes = hold is { CurrentFirst: true, StartRateC: null } ? Signed(hold, hold.StartCurrentAmperes) : null,
                    StatedCharging = hold.UntilCurrentAmperes is null ? hold.Charging : null,
                };
            case PowerStep power:
                return new ConstantPowerStep(entry, default, null, power.Watts, power.UntilSeconds, power.UntilVoltageVolts) { UntilCapacity = Capacity(power.UntilAmpereHours) };
            case ResistanceStep load:
                return new ConstantResistanceStep(entry, default, null, load.Ohms, load.UntilSeconds, load.UntilVoltageVolts) { UntilCapacity = Capacity(load.UntilAmpereHours) };
            case ScanStep scan:
                return new VoltageScanStep(entry, default, null, scan.StartVolts, scan.EndVolts, scan.VoltsPerSecond);
            case OtherInstrumentStep other:
                return OtherInstrumentEntries.Of(other, entry);
            default:
                throw new ArgumentException($"step {step.Number} is of a kind that no protocol knows: {step.GetType().Name}", nameof(step));
        }
    }

    private static double? Signed(VoltageStep hold, double? magnitude) => magnitude is { } value ? Math.CopySign(value, hold.Charging ? 1 : -1) : null;

    private static CapacityEnd? Capacity(double? ampereHours) => ampereHours is { } charge ? new CapacityEnd(Math.Abs(charge), null) : null;

    private static ProtocolLimits LimitsOf(CellProgram program) => new()
    {
        MaxVolts = program.Limits.MaxVolts,
        MinVolts = program.Limits.MinVolts,
        MaxAmperes = program.Limits.MaxAmperes,
        MinAmperes = program.Limits.MinAmperes,
        MaxAmpereHours = program.Limits.MaxAmpereHours,
        DelaySeconds = program.Limits.DelaySeconds,
    };
}
