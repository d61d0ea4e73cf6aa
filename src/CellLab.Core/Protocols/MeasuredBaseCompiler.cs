using CellLab.Core.Programs;

namespace CellLab.Core.Protocols;

/// <summary>Finds the steps that measure what 1C is.</summary>
internal static class MeasuredBaseCompiler
{
    /// <summary>Null when the base is known from the start, or with an error.</summary>
    public static MeasuredBase? Compile(CompileContext context, IReadOnlyList<ProgramStep> steps)
    {
        Protocol protocol = context.Protocol;
        if (protocol is not { MeasuredIn: { } measured, IsPartial: false })
        {
            return null;
        }

        var numbers = new StepNumbers(protocol.Steps);
        LoopBack? loop = protocol.Steps.OfType<LoopBack>().FirstOrDefault(loop => (loop.BlockName ?? loop.TargetTag) == measured.Block);
        if (Problem(loop, numbers, measured) is { } problem)
        {
            context.Error(measured.At, $"rate_base: {problem.Message}", problem.Hint);
            return null;
        }

        (int first, int last) = numbers.SpanOf(loop!);
        Warn(context, measured, steps, first, last);
        return new MeasuredBase(measured.Block, first, last, measured.Cycle);
    }

    private static (string Message, string Hint)? Problem(LoopBack? loop, StepNumbers numbers, MeasuredIn measured) => loop switch
    {
        null => ($"the method never runs the block '{measured.Block}' that measures the capacity", "name it in the method"),
        _ when numbers.IsNested(loop) => ($"the block '{measured.Block}' that measures the capacity stands in a repeat", "measure before the repeat"),
        { Exits: not null } => ($"the block '{measured.Block}' that measures the capacity may be left early", "measure in a repeat that only counts"),
        _ when measured.Cycle > loop.Passes => ($"it names cycle {measured.Cycle}, but '{measured.Block}' runs {loop.Passes} times", $"name a cycle from 1 to {loop.Passes}"),
        _ => null,
    };

    private static void Warn(CompileContext context, MeasuredIn measured, IReadOnlyList<ProgramStep> steps, int first, int last)
    {
        if (!steps.Any(step => step.Number >= first && step.Number <= last && step is CurrentStep { CurrentAmperes: < 0 } or PowerStep { Watts: < 0 } or ResistanceStep))
        {
            context.Error(measured.At, $"rate_base: the block '{measured.Block}' does not discharge: it measures no capacity", "put a discharge into it");
        }

        if (!steps.Any(step => step.Number > last && step is CurrentStep { RateC: not null } or VoltageStep { UntilRateC: not null }))
        {
            context.Warn(measured.At, $"no rate follows after '{measured.Block}': the measured capacity is used nowhere", "leave rate_base out");
        }
    }
}
