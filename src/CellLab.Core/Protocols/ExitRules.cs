using CellLab.Core.Programs;
using CellLab.Core.Safety;
using CellLab.Core.Units;

namespace CellLab.Core.Protocols;

/// <summary>Refuses exits of repeats that can never be met, and warns of those that are met in every pass.</summary>
internal static class ExitRules
{
    /// <summary>A voltage counts as reached from so near, V.</summary>
    private const double Reached = 5e-4;

    public static void Check(CompileContext context, IReadOnlyList<ProgramStep> steps, SafetyLimits limits)
    {
        if (context.Protocol.IsPartial)
        {
            return;
        }

        Dictionary<int, ProtocolStep> sources = CurrentRules.Sources(context.Protocol.Steps);
        LoopStep[] loops = [.. steps.OfType<LoopStep>()];
        foreach (LoopStep loop in loops.Where(loop => loop.Exits is not null))
        {
            ProgramStep[] body = [.. steps.Where(step => step.Number >= loop.FirstStep && step.Number < loop.Number && step is not LoopStep)];
            foreach ((string problem, string hint) in Problems(loop, body, steps, limits))
            {
                context.Error(sources[loop.Number].At, $"until: {problem}", hint);
            }

            foreach ((string doubt, string hint) in Doubts(loop, body))
            {
                context.Warn(sources[loop.Number].At, $"until: {doubt}", hint);
            }
        }
    }

    private static IEnumerable<(string, string)> Problems(LoopStep loop, ProgramStep[] body, IReadOnlyList<ProgramStep> steps, SafetyLimits limits)
    {
        LoopExits exits = loop.Exits!;
        if (exits.CapacityFraction is not null && !body.Any(step => Moves(step, charging: false)))
        {
            yield return ("a capacity is that of a discharge, but the repeat holds none: the exit is never judged", "put a discharge into the repeat, or end it on a voltage");
        }
        else if (exits.CapacityFraction is not null && MostCycles(steps, loop) is var most && exits.OfCycle > most)
        {
            yield return ($"it names cycle {exits.OfCycle}, but up to the end of the repeat there are at most {most} cycles: that cycle never comes", $"name a cycle from 1 to {most}; formation cycles before the repeat count too");
        }

        if (exits.VoltageAboveVolts is { } above && Furthest(body, charging: true) is { } highest && highest < above - Reached)
        {
            yield return ($"the voltage never comes above {QuantityText.Volts(above)}: the steps of the repeat end at {QuantityText.Volts(highest)} at the latest", "correct the voltage of the exit or the cut-off");
        }
        else if (exits.VoltageAboveVolts >= limits.MaxVolts)
        {
            yield return ($"the safety limit {QuantityText.Volts(limits.MaxVolts!.Value)} ends the test before {QuantityText.Volts(exits.VoltageAboveVolts.Value)} is reached", "correct the voltage of the exit, or the limit or window");
        }

        if (exits.VoltageBelowVolts is { } below && Furthest(body, charging: false) is { } lowest && lowest > below + Reached)
        {
            yield return ($"the voltage never comes below {QuantityText.Volts(below)}: the steps of the repeat end at {QuantityText.Volts(lowest)} at the latest", "correct the voltage of the exit or the cut-off");
        }
        else if (exits.VoltageBelowVolts <= limits.MinVolts)
        {
            yield return ($"the safety limit {QuantityText.Volts(limits.MinVolts!.Value)} ends the test before {QuantityText.Volts(exits.VoltageBelowVolts.Value)} is reached", "correct the voltage of the exit, or the limit or window");
        }
    }

    private static IEnumerable<(string, string)> Doubts(LoopStep loop, ProgramStep[] body)
    {
        LoopExits exits = loop.Exits!;
        if (loop is { Passes: 1, FirstPass: 1, CountsOn: false } && exits.Leaves == 0)
        {
            yield return ("a repeat of one pass has nothing left to end early", "raise repeat, or leave until out");
        }

        CurrentStep[] certain = [.. body.OfType<CurrentStep>().Where(step => step is { UntilSeconds: null, UntilAmpereHours: null, UntilVoltageVolts: not null })];
        if (loop.Passes > 1 && (certain.Any(step => step.CurrentAmperes > 0 && step.UntilVoltageVolts >= exits.VoltageAboveVolts)
            || certain.Any(step => step.CurrentAmperes < 0 && step.UntilVoltageVolts <= exits.VoltageBelowVolts)))
        {
            yield return ($"{exits} is met in the first pass already, because a step of the repeat ends only beyond it: the repeat runs once", "give the step a time too (pulses), or correct the voltage of the exit");
        }
    }

    /// <summary>The highest (or lowest) voltage to which the steps go; null when one of them says none, or none goes that way and the cell's own voltage decides.</summary>
    private static double? Furthest(ProgramStep[] body, bool charging)
    {
        double?[] ends = [.. body.Where(step => Moves(step, charging)).Select(step => End(step, charging))];
        return ends.Length == 0 || ends.Any(end => end is null) ? null : charging ? ends.Max() : ends.Min();
    }

    private static double? End(ProgramStep step, bool charging) => step switch
    {
        CurrentStep current => current.UntilVoltageVolts,
        PowerStep power => power.UntilVoltageVolts,
        ResistanceStep load => load.UntilVoltageVolts,
        VoltageStep hold => hold.VoltageVolts,
        ScanStep scan => charging ? Math.Max(scan.StartVolts, scan.EndVolts) : Math.Min(scan.StartVolts, scan.EndVolts),
        _ => null,
    };

    private static bool Moves(ProgramStep step, bool charging) => step switch
    {
        CurrentStep current => current.CurrentAmperes > 0 == charging,
        PowerStep power => power.Watts > 0 == charging,
        ResistanceStep => !charging,
        VoltageStep or ScanStep => true,
        _ => false,
    };

    /// <summary>Every cycle takes a step that charges and one that discharges: there are no more cycles than of either up to the end of the repeat.</summary>
    private static long MostCycles(IReadOnlyList<ProgramStep> steps, LoopStep last)
    {
        LoopStep[] loops = [.. steps.OfType<LoopStep>()];
        int outermost = loops.Where(loop => loop.FirstStep <= last.Number && loop.Number >= last.Number).Max(loop => loop.Number);
        ProgramStep[] until = [.. steps.Where(step => step.Number <= outermost)];
        double Count(bool charging) => until.Where(step => Moves(step, charging)).Sum(step => LengthRules.Executions(step, loops));
        return (long)Math.Min(int.MaxValue, Math.Min(Count(true), Count(false)));
    }
}
