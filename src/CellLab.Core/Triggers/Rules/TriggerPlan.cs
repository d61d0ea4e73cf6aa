using CellLab.Core.Programs;

namespace CellLab.Core.Triggers.Rules;

/// <summary>The trigger steps of a program and where they are in force: from the step to the end of the innermost block or repeat round it, or to the next
/// trigger step in it that does not stand directly behind. Trigger steps side by side are in force together.</summary>
/// <param name="Step">Number of the trigger step in the protocol.</param>
/// <param name="First">Number of the first step in force, in the program that the cycler gets; so too <paramref name="Last"/>.</param>
/// <param name="Round">Number of the innermost loop round it; 0 outside every loop.</param>
public sealed record TriggerScope(TriggerSpec Spec, int Step, int First, int Last, int Round)
{
    public bool Holds(int stepId) => stepId >= First && stepId <= Last;
}

public sealed record TriggerPlan(IReadOnlyList<TriggerScope> Scopes)
{
    /// <param name="program">With its trigger steps taken out (<see cref="BesideSteps"/>).</param>
    public static TriggerPlan Of(CellProgram program)
    {
        BesideStep[] triggers = [.. program.Beside.Where(beside => TriggerStepReader.IsTrigger(beside.Step))];
        return new TriggerPlan([.. triggers.Select(beside => ScopeOf(program, beside, triggers))]);
    }

    /// <summary>The first scope's figures speak for the whole: one diffractometer has one exposure.</summary>
    public double? ExposureSeconds => Scopes.Select(scope => scope.Spec.ExposureSeconds).FirstOrDefault(seconds => seconds is not null);

    public string? Program => Scopes.Select(scope => scope.Spec.Program).FirstOrDefault(name => name is not null);

    /// <summary>The program came anew to the trigger step between these two samples of the scope, and did not only go back within it.</summary>
    /// <param name="passBefore">Pass of the innermost repeat round the sample before.</param>
    public static bool IsReentry(CellProgram program, TriggerScope scope, CellPoint before, CellPoint now, int passBefore, int pass)
    {
        if (!scope.Holds(before.StepId))
        {
            return true;
        }

        if (before.StepCount == now.StepCount || now.StepId > before.StepId)
        {
            return false;
        }

        bool within = program.Steps.OfType<LoopStep>().Any(loop => loop.Number != scope.Round && scope.Holds(loop.Number) && loop.FirstStep >= scope.First
            && loop.Number > before.StepId && FirstOfCycler(program, loop.FirstStep) == now.StepId);
        return !within || pass <= passBefore;
    }

    private static int FirstOfCycler(CellProgram program, int number)
    {
        while (number < program.Steps.Count && program.Steps[number - 1] is OtherInstrumentStep)
        {
            number++;
        }

        return number;
    }

    private static TriggerScope ScopeOf(CellProgram program, BesideStep beside, IReadOnlyList<BesideStep> triggers)
    {
        LoopStep? round = RoundOf(program, beside);
        BesideStep? replaces = triggers.FirstOrDefault(other => other.BeforeStep > beside.BeforeStep && RoundOf(program, other) == round);
        int last = replaces is not null ? replaces.BeforeStep - 1 : round?.Number ?? program.Steps.Count;
        return new TriggerScope(TriggerStepReader.Spec(beside.Step), beside.Step.Number, beside.BeforeStep, last, round?.Number ?? 0);
    }

    /// <summary>A mark right before a loop's first step stands in the loop when it belongs to its block.</summary>
    private static LoopStep? RoundOf(CellProgram program, BesideStep beside) => program.Steps.OfType<LoopStep>()
        .Where(loop => loop.Number >= beside.BeforeStep && (loop.FirstStep < beside.BeforeStep || (loop.FirstStep == beside.BeforeStep && loop.Block == beside.Step.Block)))
        .MinBy(loop => loop.Number - loop.FirstStep);
}
