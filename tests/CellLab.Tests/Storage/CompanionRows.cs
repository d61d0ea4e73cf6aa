using CellLab.Core.Jobs;
using CellLab.Core.Records;

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
            missing, sequence > 50 ? null : 3.0125));
    }

    public static CompanionRow[] Ions(JobId job, long first, int count) =>
        [.. Enumerable.Range(0, count).Select(offset => Ion(job, first + offset))];

    public static CompanionRow[] Spectra(JobId job, long first, int count) =>
        [.. Enumerable.Range(0, count).Select(offset => Impedance(job, first + offset))];

    private static CompanionRow Row(JobId job, string stream, long sequence, CompanionBody body) => new(
        job, stream, sequence, Rows.Start.AddSeconds(sequence * 0.7).AddTicks(3), Rows.Start.AddSeconds(sequence), (sequence * 0.7) - 2, body);
}
