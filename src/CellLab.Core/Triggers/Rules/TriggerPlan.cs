using CellLab.Core.Programs;

namespace CellLab.Core.Triggers.Rules;

/// <summary>The trigger steps of a program and where they are in force: from the step to the end of the innermost block or repeat round it, or to the next
/// trigger step in it that does not stand directly behind. Trigger steps side by side are in force together.</summary>
/// <param name="Step">Number of the trigger step.</param>
/// <param name="Last">Number of the last step in force.</param>
public sealed record TriggerScope(TriggerSpec Spec, int Step, int Last)
{
    public bool Holds(int stepId) => stepId > Step && stepId <= Last;
}

public sealed record TriggerPlan(IReadOnlyList<TriggerScope> Scopes)
{
    public static TriggerPlan Of(CellProgram program)
    {
        OtherInstrumentStep[] triggers = [.. program.Steps.OfType<OtherInstrumentStep>().Where(TriggerStepReader.IsTrigger)];
        return new TriggerPlan([.. triggers.Select(step => new TriggerScope(TriggerStepReader.Spec(step), step.Number, LastOf(program, step, triggers)))]);
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

        bool within = program.Steps.OfType<LoopStep>().Any(loop => loop.FirstStep > scope.Step && loop.Number > before.StepId && FirstOfCycler(program, loop.FirstStep) == now.StepId);
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

    private static int LastOf(CellProgram program, OtherInstrumentStep step, IReadOnlyList<OtherInstrumentStep> triggers)
    {
        LoopStep? round = RoundOf(program, step.Number);
        int next = step.Number;
        while (next < program.Steps.Count && TriggerStepReader.IsTrigger(program.Steps[next]))
        {
            next++;
        }

        OtherInstrumentStep? replaces = triggers.FirstOrDefault(other => other.Number > next && RoundOf(program, other.Number) == round);
        return replaces is not null ? replaces.Number - 1 : round?.Number ?? program.Steps.Count;
    }

    private static LoopStep? RoundOf(CellProgram program, int number) =>
        program.Steps.OfType<LoopStep>().Where(loop => loop.FirstStep <= number && number < loop.Number).MinBy(loop => loop.Number - loop.FirstStep);
}
