using CellLab.Core.Programs;
using CellLab.Core.Units;

namespace CellLab.Core.Protocols;

/// <summary>Warns where rests alone, times the passes of the loops round them, make a test that nobody waits for.</summary>
internal static class LengthRules
{
    private const double MostYears = 10;

    public static void Check(CompileContext context, IReadOnlyList<ProgramStep> steps)
    {
        LoopStep[] loops = [.. steps.OfType<LoopStep>().Where(loop => loop.Exits is null)];
        double years = steps.OfType<RestStep>().Where(rest => rest.UntilVoltsPerSecond is null)
            .Sum(rest => rest.DurationSeconds * Executions(rest, loops)) / DryRun.SecondsPerYear;
        if (years > MostYears)
        {
            context.Warn(default(Documents.SourcePosition), $"the rests alone last {QuantityText.Short(years)} years, all passes counted",
                "check the passes of the loops and the unit of the times");
        }
    }

    /// <summary>How often the step is executed when no loop is left early.</summary>
    public static double Executions(ProgramStep step, IEnumerable<LoopStep> loops) => loops
        .Where(loop => loop.FirstStep <= step.Number && step.Number < loop.Number)
        .Aggregate(1.0, (product, loop) => product * loop.Passes);
}
