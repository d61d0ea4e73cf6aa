using CellLab.Core.Programs;
using CellLab.Core.Samples;

namespace CellLab.Core.Triggers.Rules;

/// <summary>What a condition sees of one sample.</summary>
/// <param name="Before">The sample before; null for the first.</param>
/// <param name="Entered">The first sample since the program came to the trigger step.</param>
/// <param name="Derived">Figures after this sample.</param>
/// <param name="IsOver">There is no new sample: the last step has ended.</param>
public sealed record RuleMoment(
    CellPoint? Before, CellPoint Now, bool Entered, DateTimeOffset EnteredAtUtc, CellFacts Cell, IReadOnlyDictionary<string, double?> Derived, bool IsOver = false)
{
    private int NumberInProtocol(ProgramStep step) => step.Number + Cell.Program.Beside.Count(beside => beside.BeforeStep <= step.Number);

    public bool IsStepChange => Before is { } before && before.StepCount != Now.StepCount;

    /// <summary>Name of a step of the job's program, as conditions name it.</summary>
    public bool IsNamed(CellPoint point, string name)
    {
        ProgramStep? step = point.StepId >= 1 && point.StepId <= Cell.Program.Steps.Count ? Cell.Program.Steps[point.StepId - 1] : null;
        return name switch
        {
            StepWords.Any => true,
            StepWords.Rest => point.Direction == CellDirection.Rest,
            StepWords.Charge => point.Direction == CellDirection.Charge,
            StepWords.Discharge => point.Direction == CellDirection.Discharge,
            StepWords.Hold => step is VoltageStep,
            _ => step is not null && (step.Block == name || name == NumberInProtocol(step).ToString(System.Globalization.CultureInfo.InvariantCulture)),
        };
    }
}

/// <summary>What conditions need to know of a job.</summary>
public sealed record CellFacts(CellProgram Program, double ActiveMassMilligrams, LeadingDirection Leading)
{
    public double MilliampereHoursPerGram(double ampereHours) => ampereHours / ActiveMassMilligrams * 1e6;

    /// <summary>Null where it is not known: then x is not either.</summary>
    public ChemicalFormula? Formula { get; init; }

    /// <summary>What 1C draws in an hour, per gram.</summary>
    public double NominalMilliampereHoursPerGram => MilliampereHoursPerGram(Program.NominalCapacityAmpereHours);
}

/// <summary>Words by which conditions name steps, beside block names and step numbers.</summary>
public static class StepWords
{
    public const string Any = "any";
    public const string Rest = "rest";
    public const string Charge = "charge";
    public const string Discharge = "discharge";
    public const string Hold = "hold";

    public static IReadOnlyList<string> All { get; } = [Any, Rest, Charge, Discharge, Hold];
}
