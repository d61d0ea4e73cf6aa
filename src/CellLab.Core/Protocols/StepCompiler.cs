using CellLab.Core.Documents;
using CellLab.Core.Programs;
using CellLab.Core.Units;

namespace CellLab.Core.Protocols;

/// <summary>Compiles the entries of a method one by one; tags vanish and steps are numbered anew.</summary>
internal static class StepCompiler
{
    /// <summary>Base of the command line and of the file more than this apart: a warning.</summary>
    private const double BaseTolerance = 0.01;

    public static IReadOnlyList<ProgramStep> Compile(CompileContext context)
    {
        var numbers = new StepNumbers(context.Protocol.Steps);
        var compiled = new List<ProgramStep>();
        ProtocolStep? before = null;
        foreach (ProtocolStep step in context.Protocol.Steps.Where(step => step is not TagMark))
        {
            InstrumentPart? part = InstrumentPartRules.Of(context, step);
            if (One(context, step, before, numbers) is { } done)
            {
                compiled.Add(done with { Record = StepRecords.Rule(step, context.Protocol.Record), InstrumentPart = part });
            }

            before = step is LoopBack || OtherInstrumentCompiler.IsBeside(step) ? before : step;
        }

        return compiled;
    }

    /// <summary>Refuses a base that is no current, and warns when the base in force is not the file's.</summary>
    public static void CheckCurrentBase(CompileContext context)
    {
        if (context.GivenOneCAmperes is { } oneC && !(double.IsFinite(oneC) && oneC > 0))
        {
            context.Error(default(SourcePosition), $"1C is {QuantityText.Milliamperes(oneC)}, expected a current greater than 0", "check mass and capacity");
            return;
        }

        if (context is { GivenMilliampereHoursPerGram: { } perGram, Protocol.SpecificCapacityMilliampereHoursPerGram: { } stated }
            && Math.Abs(perGram - stated) > BaseTolerance * stated)
        {
            context.Warn(default(SourcePosition),
                $"1C is {QuantityText.Short(perGram)} mA/g by the sample's base, but {QuantityText.Short(stated)} mA/g by the file's rate_base: "
                + "the sample's base is used", "correct rate_base in the file or the sample's capacity");
        }

        if (context is not { GivenOneCAmperes: { } given, Protocol.CapacityAmpereHours: { } file } || Math.Abs(given - file) <= BaseTolerance * file)
        {
            return;
        }

        context.Warn(default(SourcePosition),
            $"1C is {QuantityText.Milliamperes(given)} by the sample's base, but {QuantityText.Milliamperes(file)} by the file's capacity_mAh: "
            + $"the sample's base is used", "correct sample.capacity_mAh in the file or the sample's mass and capacity");
    }

    private static ProgramStep? One(CompileContext context, ProtocolStep step, ProtocolStep? before, StepNumbers numbers)
    {
        int number = numbers.NumberOf(step.Entry);
        string block = numbers.BlockOf(step.Entry);
        switch (step)
        {
            case OpenCircuitStep rest:
                return new RestStep(number, block, rest.DurationSeconds, rest.UntilVoltsPerSecond);
            case ConstantCurrentStep current:
                return Amperes(context, step, current.RateC, current.CurrentAmperes, current.AmperesPerGram) is { } amperes
                    ? new CurrentStep(number, block, amperes, current.RateC, current.UntilSeconds, current.UntilVolts, Charge(context, step))
                    : null;
            case ConstantVoltageStep hold:
                return HoldCompiler.Compile(context, hold, before, number, block) with { UntilAmpereHours = Charge(context, step) };
            case ConstantPowerStep power:
                return new PowerStep(number, block, power.Watts, power.UntilSeconds, power.UntilVolts, Charge(context, step));
            case ConstantResistanceStep resistance:
                return new ResistanceStep(number, block, resistance.Ohms, resistance.UntilSeconds, resistance.UntilVolts, Charge(context, step));
            case VoltageScanStep scan:
                return new ScanStep(number, block, scan.StartVolts, scan.EndVolts, scan.VoltsPerSecond);
            case LoopBack loop:
                return new LoopStep(number, block, numbers.FirstStepOf(loop), loop.Passes)
                {
                    Exits = loop.Exits is { } exits ? exits with { Leaves = numbers.LeftBy(loop) } : null,
                    FirstPass = loop.FirstPass,
                    CountsOn = loop.CountsOn,
                };
            default:
                return OtherInstrumentCompiler.Compile(context, step, number, block);
        }
    }

    /// <summary>The charge at which the step ends, Ah.</summary>
    private static double? Charge(CompileContext context, ProtocolStep step)
    {
        if (step.UntilCapacity is not { AmpereHoursPerGram: { } perGram })
        {
            return step.UntilCapacity?.AmpereHours;
        }

        if (context.ActiveMassGrams is { } grams)
        {
            return perGram * grams;
        }

        context.Error(step, $"the end at {QuantityText.Short(perGram * 1e3)} mAh/g needs the active mass",
            "give the sample's mass and capacity (--mass 2.00mg --capacity 250mAh/g)");
        return null;
    }

    private static double? PerGram(CompileContext context, ProtocolStep step, double amperesPerGram)
    {
        if (context.ActiveMassGrams is { } grams)
        {
            return amperesPerGram * grams;
        }

        context.Error(step, $"the current {QuantityText.Short(amperesPerGram * 1e3)} mA/g needs the active mass",
            "give the sample's mass and capacity (--mass 2.00mg --capacity 250mAh/g)");
        return null;
    }

    /// <summary>The current of a rate or a current; null without either, and with an error when a rate has no base.</summary>
    public static double? Amperes(CompileContext context, ProtocolStep step, double? rateC, double? amperes, double? amperesPerGram = null)
    {
        if (amperesPerGram is { } perGram)
        {
            return PerGram(context, step, perGram);
        }

        if (rateC is not { } rate)
        {
            return amperes;
        }

        if (context.OneCAmperes is { } oneC)
        {
            return rate * oneC;
        }

        context.Error(step, $"the rate {QuantityText.Plain(rate)}C has no base current",
            "give the sample's mass and capacity (--mass 2.00mg --capacity 250mAh/g), or sample.capacity_mAh in the file");
        return null;
    }
}
