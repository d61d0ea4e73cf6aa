using CellLab.Core.Documents;
using CellLab.Core.Programs;

namespace CellLab.Core.Protocols;

/// <summary>Turns a compiled program back into a portable protocol, for export. Every loop gets a tag with the name of its block.</summary>
public static class ProgramToProtocol
{
    /// <param name="losses">What the protocol cannot say, one finding a step.</param>
    public static Protocol Convert(CellProgram program, out IReadOnlyList<Finding> losses)
    {
        var found = new List<Finding>();
        var entries = new List<ProtocolStep>();
        foreach (ProgramStep step in program.Steps)
        {
            foreach (string tag in TagsBefore(program, step.Number))
            {
                entries.Add(new TagMark(entries.Count + 1, default, null, tag));
            }

            entries.Add(step is LoopStep loop
                ? new LoopBack(entries.Count + 1, default, null, TagOf(program, loop), 0, loop.Passes)
                : Entry(step, entries.Count + 1, found));
        }

        losses = found;
        return new Protocol
        {
            Name = program.Name,
            File = program.Name,
            CapacityAmpereHours = program.NominalCapacityAmpereHours > 0 ? program.NominalCapacityAmpereHours : null,
            Record = program.Record,
            Limits = LimitsOf(program),
            Steps = entries,
        };
    }

    private static string[] TagsBefore(CellProgram program, int number) =>
        [.. program.Steps.OfType<LoopStep>().Where(loop => loop.FirstStep == number).Select(loop => TagOf(program, loop))];

    /// <summary>The block's name, made unique where two loops share it.</summary>
    private static string TagOf(CellProgram program, LoopStep loop) =>
        program.Steps.OfType<LoopStep>().First(other => other.Block == loop.Block) == loop ? loop.Block : $"{loop.Block}-{loop.Number}";

    private static ProtocolStep Entry(ProgramStep step, int entry, List<Finding> losses)
    {
        switch (step)
        {
            case RestStep rest:
                return new OpenCircuitStep(entry, default, null, rest.DurationSeconds);
            case CurrentStep current:
                NoteCapacityEnd(current, entry, losses);
                return new ConstantCurrentStep(
                    entry, default, null, current.RateC, current.RateC is null ? current.CurrentAmperes : null, current.UntilSeconds, current.UntilVoltageVolts);
            case VoltageStep hold:
                return new ConstantVoltageStep(
                    entry, default, null, hold.VoltageVolts, hold.UntilSeconds, hold.UntilRateC, hold.UntilRateC is null ? hold.UntilCurrentAmperes : null);
            case ScanStep scan:
                return new VoltageScanStep(entry, default, null, scan.StartVolts, scan.EndVolts, scan.VoltsPerSecond);
            default:
                throw new ArgumentException($"step {step.Number} is of a kind that no protocol knows: {step.GetType().Name}", nameof(step));
        }
    }

    private static void NoteCapacityEnd(CurrentStep step, int entry, List<Finding> losses)
    {
        if (step.UntilAmpereHours is not null)
        {
            losses.Add(new Finding(null, 0, 0, $"step {entry}: the end at a capacity is lost: a portable protocol has none", "add a time end"));
        }
    }

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
