namespace CellLab.Service.Offline.Foreign;

/// <summary>Something in a file that a person should know. <paramref name="Row"/> counts data rows from 0; null where it concerns the whole file.</summary>
/// <param name="Severity"><c>error</c>, <c>warning</c> or <c>info</c>.</param>
/// <param name="Code">One of <see cref="ForeignCodes"/> or of the analysis' own codes.</param>
public sealed record ForeignFinding(string Severity, string Code, long? Row, string? Column, string Message);

/// <summary>What can be wrong with a file. The words are read by programs: never rename.</summary>
public static class ForeignCodes
{
    public const string MissingColumn = "missing_column";
    public const string UnknownUnit = "unknown_unit";
    public const string UnknownColumn = "unknown_column";
    public const string HeaderNotPreferred = "header_not_preferred";
    public const string NotANumber = "not_a_number";
    public const string MissingValue = "missing_value";
    public const string RaggedRow = "ragged_row";
    public const string CutOff = "cut_off";
    public const string TimeFell = "time_fell";
    public const string TimeScale = "time_scale";
    public const string TimeUnitDoubtful = "time_unit_doubtful";
    public const string TimeFromClock = "time_from_clock";
    public const string CounterFell = "counter_fell";
    public const string Identity = "sum_differs";
    public const string CycleCount = "cycle_count";
    public const string StepRecordIndex = "step_record_index";
    public const string FewDigits = "few_digits";
    public const string SignFromStepType = "sign_from_step_type";
    public const string Implausible = "implausible";
    public const string NoUnit = "no_unit";
    public const string More = "more";
    public const string Settings = "settings";
}
