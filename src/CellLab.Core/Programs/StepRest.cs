namespace CellLab.Core.Programs;

/// <summary>What is left of an interrupted step: ends by time and charge come as much sooner as was done; ends by voltage and current stay. What another
/// instrument or a person does is done anew.</summary>
internal static class StepRest
{
    /// <summary>Less than this is not worth a start.</summary>
    private const double ShortestSeconds = 1;
    private const double SmallestShare = 1e-4;

    /// <returns>Null when the step was as good as over.</returns>
    public static ProgramStep? Of(ProgramStep step, ReachedPlace reached)
    {
        double seconds = reached.Seconds;
        double ampereHours = Math.Abs(reached.AmpereHours);
        ProgramStep rest = step switch
        {
            RestStep pause => pause with { DurationSeconds = pause.DurationSeconds - seconds },
            CurrentStep current => current with { UntilSeconds = current.UntilSeconds - seconds, UntilAmpereHours = current.UntilAmpereHours - ampereHours },
            VoltageStep hold => hold with { UntilSeconds = hold.UntilSeconds - seconds, UntilAmpereHours = hold.UntilAmpereHours - ampereHours },
            PowerStep power => power with { UntilSeconds = power.UntilSeconds - seconds, UntilAmpereHours = power.UntilAmpereHours - ampereHours },
            ResistanceStep load => load with { UntilSeconds = load.UntilSeconds - seconds, UntilAmpereHours = load.UntilAmpereHours - ampereHours },
            ScanStep scan => scan with { StartVolts = scan.StartVolts + Math.Sign(scan.EndVolts - scan.StartVolts) * scan.VoltsPerSecond * seconds },
            _ => step,
        };
        bool begun = seconds > 0 || ampereHours > 0;
        return begun && step is not OtherInstrumentStep && IsOver(step, rest, ampereHours, seconds) ? null : rest;
    }

    private static bool IsOver(ProgramStep whole, ProgramStep rest, double ampereHours, double seconds) =>
        StepEnds.Duration(whole) - seconds < ShortestSeconds
        || Charge(rest) <= SmallestShare * (Charge(rest) + ampereHours);

    private static double? Charge(ProgramStep step) => step switch
    {
        CurrentStep current => current.UntilAmpereHours,
        VoltageStep hold => hold.UntilAmpereHours,
        PowerStep power => power.UntilAmpereHours,
        ResistanceStep load => load.UntilAmpereHours,
        _ => null,
    };
}
