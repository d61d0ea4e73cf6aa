using CellLab.Core.Documents;
using CellLab.Core.Programs;
using CellLab.Core.Protocols.Language;
using CellLab.Core.Units;

namespace CellLab.Core.Protocols;

/// <summary>Refuses cut-offs that end their step at once, by the order in which steps follow each other: what leads to a high voltage is not followed by a
/// charge to a low one. A lower current may go on a little below the voltage that a higher one has reached, so small differences are only a
/// warning. In files of other programs, which are carried over as they are, all of it is a warning.</summary>
internal static class CutOffRules
{
    /// <summary>No relaxation and no smaller current makes up for so much, V.</summary>
    private const double FarVolts = 1;

    /// <summary>After a rest so little is nothing to speak of, V.</summary>
    private const double RestVolts = 0.05;
    private const double Rounding = 1e-9;
    private const double UsualLowestVolts = 1;

    public static void Check(CompileContext context, IReadOnlyList<ProgramStep> steps)
    {
        Dictionary<int, ProtocolStep> sources = CurrentRules.Sources(context.Protocol.Steps);
        Dictionary<int, LoopStep> loops = steps.OfType<LoopStep>().ToDictionary(loop => loop.Number);
        (ProtocolStep? Step, bool Rested) before = (null, false);
        foreach ((int number, ProtocolStep source) in sources.OrderBy(entry => entry.Key))
        {
            CheckLowest(context, source);
            if (source is LoopBack)
            {
                if (loops.TryGetValue(number, out LoopStep? loop) && loop.Passes > 1 && loop.FirstStep < number)
                {
                    ProtocolStep[] body = [.. Enumerable.Range(loop.FirstStep, number - loop.FirstStep).Select(inner => sources[inner])];
                    CheckPair(context, (before.Step, before.Rested || body[0] is OpenCircuitStep), body.FirstOrDefault(step => step is not (OpenCircuitStep or LoopBack)));
                }

                continue;
            }

            CheckPair(context, before, source);
            before = source is OpenCircuitStep ? (before.Step, true) : OtherInstrumentCompiler.IsBeside(source) ? before : (source, false);
        }
    }

    /// <summary>A file that states neither window nor limit, and goes far down: a digit was mistaken, or the cell is of another kind.</summary>
    private static void CheckLowest(CompileContext context, ProtocolStep step)
    {
        if (context.Protocol.Limits.MinVolts is null && StepVoltages.Of(step).DefaultIfEmpty(UsualLowestVolts).Min() is < UsualLowestVolts and var volts)
        {
            string message = $"{QuantityText.Volts(volts)} is below {UsualLowestVolts} V, and no lowest voltage is stated";
            if (step.Sentence is null)
            {
                context.Warn(step, message, "check the digits, or state safety.min_voltage_V");
            }
            else
            {
                context.Error(step, message, "check the digits; for cells that go so far state it (window: 0.01-1.5 V)");
            }
        }
    }

    private static void CheckPair(CompileContext context, (ProtocolStep? Step, bool Rested) before, ProtocolStep? step)
    {
        if (before.Step is not { } earlier || context.Errors.Any(error => IsAt(error, earlier)) || step is null || earlier == step || Leaves(earlier) is not { } from || Drive.Of(step) is not { } drive)
        {
            return;
        }

        double beyond = drive.Charges ? from.Volts - drive.UntilVolts : drive.UntilVolts - from.Volts;
        bool turned = from.Charges is { } charged ? charged != drive.Charges : !before.Rested;
        bool surely = beyond >= FarVolts || (turned && beyond >= -Rounding) || (!before.Rested && beyond > Rounding && !IsSlower(drive, Drive.Of(earlier)));
        if (!surely && beyond <= (before.Rested ? RestVolts : Rounding))
        {
            return;
        }

        string message = $"it {(drive.Charges ? "charges" : "discharges")} until {QuantityText.Volts(drive.UntilVolts)}, but {earlier.Label} before it leads to {QuantityText.Volts(from.Volts)}: it {(surely ? "ends" : "may end")} at once";
        const string hint = "correct the cut-off or the order of the steps";
        if (surely && step.Sentence is not null)
        {
            context.Error(step, message, hint);
        }
        else
        {
            context.Warn(step, message, hint);
        }
    }

    /// <summary>What follows a step that is wrong itself is not judged.</summary>
    private static bool IsAt(Finding error, ProtocolStep step) => error.Line > 0 && (error.Line, error.Column) == (step.At.Line, step.At.Column);

    /// <summary>The voltage at which a step certainly leaves the cell, and from which side; null when another end may come first.</summary>
    private static (double Volts, bool? Charges)? Leaves(ProtocolStep step) => step switch
    {
        ConstantVoltageStep hold => (hold.Volts, null),
        VoltageScanStep scan => (scan.EndVolts, null),
        _ when step.UntilCapacity is null && Drive.Of(step) is { UntilSeconds: null } drive => (drive.UntilVolts, drive.Charges),
        _ => null,
    };

    private static bool IsSlower(Drive now, Drive? before) => before is null || before.Size is not { } earlier || now.Size is not { } present || present < earlier;

    /// <summary>A step that drives the cell to a voltage.</summary>
    /// <param name="Size">Magnitude of its rate or current, to compare with a step given in the same unit.</param>
    private sealed record Drive(bool Charges, double UntilVolts, double? UntilSeconds, double? Size)
    {
        public static Drive? Of(ProtocolStep step) => step switch
        {
            ConstantCurrentStep { UntilVolts: { } volts } current => new Drive(current.Charges, volts, current.UntilSeconds, Math.Abs(current.RateC ?? 0) is > 0 and var rate ? rate : null),
            ConstantPowerStep { UntilVolts: { } volts } power => new Drive(power.Watts > 0, volts, power.UntilSeconds, null),
            ConstantResistanceStep { UntilVolts: { } volts } load => new Drive(false, volts, load.UntilSeconds, null),
            _ => null,
        };
    }
}
