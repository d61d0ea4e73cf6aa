using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Triggers;
using CellLab.Core.Triggers.Patterns;
using CellLab.Core.Triggers.Rules;

namespace CellLab.Tests.Storage;

/// <summary>Rows of instruments beside the cycler whose members follow from job, stream and number.</summary>
internal static class CompanionRows
{
    public static CompanionRow Ion(JobId job, long sequence) => Row(
        job, Streams.MassSpectrometer, sequence, new IonBody(
            sequence < 5 ? "background" : "run cell", 1 + (sequence / 7), 28 + (sequence % 7), (sequence * 1.1e-13) - 1e-13, "multiplier 1400 V"));

    public static CompanionRow Impedance(JobId job, long sequence)
    {
        bool missing = sequence % 11 == 0;
        return Row(job, Streams.Impedance, sequence, new ImpedanceBody(
            1 + (int)(sequence / 40), "before \"1\"", 1 + (int)(sequence % 40), 1e5 / sequence, missing ? null : sequence / 3.0, missing ? null : -sequence / 7.0,
            missing, sequence > 50 ? null : 3.0125, sequence > 50 ? null : 40));
    }

    public static CompanionRow Pattern(JobId job, long sequence)
    {
        var state = new PatternState(Rows.Start, 12.5, 4.3, 0.2, 180.5, 180.5, 72.2, 1, 3, "main: rest", 7, CellDirection.Charge);
        var instant = new PatternInstant(Rows.Start.AddSeconds(sequence), 5.5);
        return Row(job, Streams.Diffraction, sequence, new PatternBody(
            $"trigger-{sequence}", job.Value, "lmno", 8, "first-cycle", [], "ada", MissedPolicy.QueueLatest, "busy",
            new PatternTimes(Out: instant, BusyOn: instant), 0.02, 300, null, state, state, null, null, null, "xrd1", null,
            new PatternFileFacts("p.xy", "/patterns/p.xy", 812, "00ff", 1.540593, null, 10, 80, 0.02, null), []));
    }

    public static CompanionRow[] Ions(JobId job, long first, int count) =>
        [.. Enumerable.Range(0, count).Select(offset => Ion(job, first + offset))];

    public static CompanionRow[] Spectra(JobId job, long first, int count) =>
        [.. Enumerable.Range(0, count).Select(offset => Impedance(job, first + offset))];

    private static CompanionRow Row(JobId job, string stream, long sequence, CompanionBody body) => new(
        job, stream, sequence, Rows.Start.AddSeconds(sequence * 0.7).AddTicks(3), Rows.Start.AddSeconds(sequence), (sequence * 0.7) - 2, body);
}
