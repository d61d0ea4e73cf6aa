namespace CellLab.Core.Programs;

/// <summary>A step beside the cycler: in force when the step <paramref name="BeforeStep"/> of the program begins (steps + 1: at the end).</summary>
public sealed record BesideStep(OtherInstrumentStep Step, int BeforeStep);

/// <summary>Takes the steps that go on beside the cycler out of a program: a tester's program has no step for them, and the count of executed steps must be
/// the tester's. What is left is numbered from 1 again; loops, exits and a measured base follow.</summary>
public static class BesideSteps
{
    /// <returns>The same program when it has none.</returns>
    /// <exception cref="ArgumentException">A loop holds nothing else, or nothing else is there at all; the message is for a person.</exception>
    public static CellProgram Strip(CellProgram program)
    {
        if (!program.Steps.Any(IsBeside))
        {
            return program;
        }

        int[] numbers = Numbers(program.Steps);
        ProgramStep[] left = [.. program.Steps.Where(step => !IsBeside(step)).Select(step => Renumbered(step, numbers))];
        if (left.Length == 0 || left.OfType<LoopStep>().FirstOrDefault(loop => loop.FirstStep == loop.Number) is not null)
        {
            throw new ArgumentException("a repeat, or the whole method, holds nothing but steps beside the cycler: nothing would happen in it", nameof(program));
        }

        return program with
        {
            Steps = left,
            Beside = [.. program.Steps.Where(IsBeside).Select(step => new BesideStep((OtherInstrumentStep)step, numbers[step.Number]))],
            Measured = program.Measured is { } measured ? measured with { FirstStep = numbers[measured.FirstStep], LastStep = numbers[measured.LastStep] } : null,
        };
    }

    private static bool IsBeside(ProgramStep step) => step is OtherInstrumentStep { StopsCycler: false };

    /// <summary>By old number the new one; for a step that goes, that of the next one that stays.</summary>
    private static int[] Numbers(IReadOnlyList<ProgramStep> steps)
    {
        int[] numbers = new int[steps.Count + 1];
        int next = 1;
        foreach (ProgramStep step in steps)
        {
            numbers[step.Number] = next;
            next += IsBeside(step) ? 0 : 1;
        }

        return numbers;
    }

    private static ProgramStep Renumbered(ProgramStep step, int[] numbers) => step is LoopStep loop
        ? loop with
        {
            Number = numbers[loop.Number],
            FirstStep = numbers[loop.FirstStep],
            Exits = loop.Exits is { } exits ? exits with { Leaves = exits.Leaves == 0 ? 0 : numbers[exits.Leaves] } : null,
        }
        : step with { Number = numbers[step.Number] };
}
