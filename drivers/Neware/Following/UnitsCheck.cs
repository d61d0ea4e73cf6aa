using CellLab.Core.Programs;
using CellLab.Drivers.Neware.Messages;

namespace CellLab.Drivers.Neware.Following;

/// <summary>What a record says about the setting <c>units</c>.</summary>
internal enum UnitsEvidence
{
    /// <summary>Says nothing: not a constant-current step, its first moment, or hardly any current.</summary>
    None,

    /// <summary>Fits the programmed current.</summary>
    Fits,

    /// <summary>A thousand times too much: the setting is wrong.</summary>
    Wrong,

    /// <summary>A thousandth: the setting is wrong, or a cell without contact; several such records tell.</summary>
    Suspicious,
}

/// <summary>Compares measured with programmed current in constant-current steps. Numbers alone do not tell whether a BTS sends A or mA.</summary>
internal static class UnitsCheck
{
    private const double LowestFactor = 700; // small currents on a large range are off by tens of per cent
    private const double HighestFactor = 1400;
    private const double HardlyAny = 0.01;
    private const double BeyondAnyHold = 30; // times 1C or the largest programmed current

    public static UnitsEvidence Judge(in StoredRecord record, CellProgram program)
    {
        if (ProgrammedAmperes(record, program) is not { } programmed || record.StepSeconds <= 0)
        {
            return UnitsEvidence.None;
        }

        double ratio = Math.Abs(record.CurrentAmperes / programmed);
        bool thousand = ratio is > LowestFactor and < HighestFactor;
        bool thousandth = ratio is > 1 / HighestFactor and < 1 / LowestFactor;
        return thousand ? UnitsEvidence.Wrong
            : thousandth ? UnitsEvidence.Suspicious
            : ratio > HardlyAny ? UnitsEvidence.Fits
            : UnitsEvidence.None;
    }

    /// <summary>After the setting has been seen right: the BTS was set to other units while the test runs. A thousandth is not told from a lost contact here.</summary>
    public static bool IsThousandfold(in StoredRecord record, CellProgram program) =>
        Judge(record, program) == UnitsEvidence.Wrong
        || (StepOf(record, program) is VoltageStep && Math.Abs(record.CurrentAmperes) > BeyondAnyHold * LargestAmperes(program));

    /// <summary>Null when the record's step is not a constant-current step of the program.</summary>
    public static double? ProgrammedAmperes(in StoredRecord record, CellProgram program) =>
        StepOf(record, program) is CurrentStep { CurrentAmperes: not 0 } step ? step.CurrentAmperes : null;

    private static ProgramStep? StepOf(in StoredRecord record, CellProgram program) =>
        record.StepId >= 1 && record.StepId <= program.Steps.Count ? program.Steps[record.StepId - 1] : null;

    private static double LargestAmperes(CellProgram program) =>
        program.Steps.OfType<CurrentStep>().Select(step => Math.Abs(step.CurrentAmperes)).Append(program.NominalCapacityAmpereHours).Max();
}
