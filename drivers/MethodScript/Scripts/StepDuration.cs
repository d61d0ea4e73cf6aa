using CellLab.Core.Programs;

namespace CellLab.Drivers.MethodScript.Scripts;

/// <summary>How long a measurement loop is told to last: every loop needs a time.</summary>
internal static class StepDuration
{
    /// <summary>For steps that only the cell ends.</summary>
    public const double LongestSeconds = 4e6;

    public static double Of(ProgramStep step) => step switch
    {
        RestStep rest => rest.DurationSeconds,
        CurrentStep { UntilAmpereHours: { } charge } current => Math.Min(current.UntilSeconds ?? LongestSeconds, charge * 3600 / Math.Abs(current.CurrentAmperes)),
        CurrentStep current => current.UntilSeconds ?? LongestSeconds,
        VoltageStep hold => hold.UntilSeconds ?? LongestSeconds,
        _ => 0,
    };
}
