using CellLab.Core.Programs;

namespace CellLab.Drivers.Autolab.Programs;

/// <summary>How long a program can last at the most: what lasts longer hangs, and the bridge ends it.</summary>
internal static class ProgramLength
{
    /// <summary>A current without a time end passes so many times the nominal capacity at the most.</summary>
    private const double Capacities = 3;

    /// <summary>A hold without a time end, s.</summary>
    private const double LongestHold = 48 * 3600;

    /// <summary>Seams between the steps, as a share and per executed step.</summary>
    private const double Share = 1.1;
    private const double PerStep = 30;

    public static double MostSeconds(CellProgram program)
    {
        double[] seconds = new double[program.Steps.Count + 1];
        for (int i = 0; i < program.Steps.Count; i++)
        {
            ProgramStep step = program.Steps[i];
            seconds[i] = step is LoopStep loop ? Again(program, seconds, loop, i) : PerStep + (Share * Of(step, program));
        }

        return 60 + seconds.Sum();
    }

    /// <summary>The passes after the first one.</summary>
    private static double Again(CellProgram program, double[] seconds, LoopStep loop, int index)
    {
        int first = program.Steps.TakeWhile(step => step.Number != loop.FirstStep).Count();
        return (loop.Passes - 1) * seconds[Math.Min(first, index)..index].Sum();
    }

    private static double Of(ProgramStep step, CellProgram program) => step switch
    {
        RestStep rest => rest.DurationSeconds,
        CurrentStep current => Math.Min(
            current.UntilSeconds ?? double.MaxValue, Capacities * 3600 * program.NominalCapacityAmpereHours / Math.Max(1e-9, Math.Abs(current.CurrentAmperes))),
        VoltageStep hold => hold.UntilSeconds ?? LongestHold,
        ScanStep scan => Math.Abs(scan.EndVolts - scan.StartVolts) / scan.VoltsPerSecond,
        _ => 0,
    };
}
