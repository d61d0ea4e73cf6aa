using CellLab.Core.Records;

namespace CellLab.Core.Triggers.Rules;

/// <summary>Which way the current of a step flows.</summary>
public enum CellDirection
{
    Rest,
    Charge,
    Discharge,
}

/// <summary>The electrochemical state of a cell at one moment, by its cycler's records.</summary>
/// <param name="Sequence">Of the record, or of the one before where the point lies between two.</param>
/// <param name="AtUtc">By the instrument's clock, corrected by its offset.</param>
/// <param name="HalfCycleAmpereHours">Charge moved since the present half cycle began, positive in both directions. Rests belong to the half cycle before them.</param>
/// <param name="NetAmpereHours">Charge minus discharge since the job began.</param>
public sealed record CellPoint(
    long Sequence,
    DateTimeOffset AtUtc,
    double TestTimeSeconds,
    double VoltageVolts,
    double CurrentAmperes,
    double HalfCycleAmpereHours,
    double NetAmpereHours,
    int Cycle,
    int StepCount,
    int StepId,
    StepKind Kind,
    double StepTimeSeconds,
    CellDirection Direction)
{
    /// <summary>Linear between two points of one step; across a step change the later one, moved back to where its step began but not before this point.</summary>
    /// <param name="share">0 gives this point, 1 the later one.</param>
    public CellPoint Towards(CellPoint later, double share)
    {
        if (StepCount != later.StepCount)
        {
            return BeginningOf(later);
        }

        return this with
        {
            AtUtc = AtUtc + (share * (later.AtUtc - AtUtc)),
            TestTimeSeconds = Between(TestTimeSeconds, later.TestTimeSeconds, share),
            VoltageVolts = Between(VoltageVolts, later.VoltageVolts, share),
            CurrentAmperes = Between(CurrentAmperes, later.CurrentAmperes, share),
            HalfCycleAmpereHours = later.Direction == Direction ? Between(HalfCycleAmpereHours, later.HalfCycleAmpereHours, share) : later.HalfCycleAmpereHours,
            NetAmpereHours = Between(NetAmpereHours, later.NetAmpereHours, share),
            StepTimeSeconds = Between(StepTimeSeconds, later.StepTimeSeconds, share),
        };
    }

    /// <summary>The moment at which the later point's step began, with the values of that point.</summary>
    public CellPoint BeginningOf(CellPoint later)
    {
        double back = Math.Clamp(later.StepTimeSeconds, 0, Math.Max(0, (later.AtUtc - AtUtc).TotalSeconds));
        return later with
        {
            Sequence = Sequence, AtUtc = later.AtUtc.AddSeconds(-back), TestTimeSeconds = later.TestTimeSeconds - back, StepTimeSeconds = later.StepTimeSeconds - back,
        };
    }

    private static double Between(double from, double to, double share) => from + (share * (to - from));
}
