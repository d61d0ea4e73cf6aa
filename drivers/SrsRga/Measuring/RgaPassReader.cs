using System.Globalization;
using CellLab.Core.Devices;
using CellLab.Core.Time;
using CellLab.Drivers.SrsRga.Session;
using CellLab.Drivers.SrsRga.Wire;

namespace CellLab.Drivers.SrsRga.Measuring;

/// <summary>Measures one pass of a plan. A pass ends with <c>ER?</c>: its answer proves that no byte was lost or surplus in the pass, and tells
/// whether the source still stands.</summary>
internal sealed class RgaPassReader(SrsRgaOptions options, RgaHead head, Clocks clocks)
{
    /// <summary>The head zeroes its detector before a scan (estimate), and a scan is limited by the line's 2880 bytes/s as well.</summary>
    private const double ScanOverheadSeconds = 5;

    private const double WordSecondsOnTheLine = 4.0 / 2880;

    public async Task<(IonPass Pass, RgaStatus Status)> ReadAsync(
        RgaConversation head, RgaRun run, long number, CancellationToken cancellationToken)
    {
        (List<IonReading> ions, double total) = run.Plan.Kind == IonPlanKind.Masses
            ? await ReadMassesAsync(head, run, cancellationToken)
            : await ReadSweepAsync(head, run, cancellationToken);
        RgaStatus status = await head.StatusAsync(cancellationToken);
        string detector = run.MultiplierVolts > 0 ? string.Create(CultureInfo.InvariantCulture, $"multiplier {run.MultiplierVolts:0} V") : "faraday";
        return (new IonPass(number, ions, detector, $"NF {run.NoiseFloor}", Pressure(run, total)), status);
    }

    private async Task<(List<IonReading> Ions, double Total)> ReadMassesAsync(RgaConversation head, RgaRun run, CancellationToken cancellationToken)
    {
        var ions = new List<IonReading>(run.Plan.Masses.Count);
        TimeSpan takes = TimeSpan.FromSeconds(2 * SrsRgaProtocol.SingleMassSeconds[run.NoiseFloor]);
        foreach (double mass in run.Plan.Masses)
        {
            (double amperes, DateTimeOffset at) = await ReadOneAsync(head, "MR", mass.ToString(CultureInfo.InvariantCulture), takes, cancellationToken);
            ions.Add(new IonReading(mass, amperes, at));
        }

        double total = MeasuresPressure(run) ? (await ReadOneAsync(head, "TP", "?", takes, cancellationToken)).Amperes : 0;
        return (ions, total);
    }

    private async Task<(double Amperes, DateTimeOffset At)> ReadOneAsync(
        RgaConversation head, string command, string parameter, TimeSpan takes, CancellationToken cancellationToken)
    {
        DateTimeOffset sent = clocks.Lab.GetUtcNow();
        DateTimeOffset received = sent;
        double[] word = await head.WordsAsync(command, parameter, 1, takes, () => received = clocks.Lab.GetUtcNow(), cancellationToken);
        return (word[0], sent + ((received - sent) / 2));
    }

    private async Task<(List<IonReading> Ions, double Total)> ReadSweepAsync(RgaConversation head, RgaRun run, CancellationToken cancellationToken)
    {
        double pointSeconds = run.Plan.Kind == IonPlanKind.Histogram
            ? SrsRgaProtocol.SingleMassSeconds[run.NoiseFloor]
            : SrsRgaProtocol.PointSeconds(run.NoiseFloor);
        var takes = TimeSpan.FromSeconds(((run.Points + 1) * 2 * Math.Max(pointSeconds, WordSecondsOnTheLine)) + ScanOverheadSeconds);
        DateTimeOffset first = clocks.Lab.GetUtcNow();
        string command = run.Plan.Kind == IonPlanKind.Histogram ? "HS" : "SC";
        double[] words = await head.WordsAsync(command, "1", run.Points + 1, takes, () => first = clocks.Lab.GetUtcNow(), cancellationToken);
        return (Spread(run, words, first, clocks.Lab.GetUtcNow()), words[^1]);
    }

    /// <summary>The first word came at <paramref name="first"/>, the last of all at <paramref name="last"/>, the others evenly between; each was
    /// integrated in the time before it came.</summary>
    private static List<IonReading> Spread(RgaRun run, double[] words, DateTimeOffset first, DateTimeOffset last)
    {
        TimeSpan each = (last - first) / run.Points;
        double step = run.Plan.Kind == IonPlanKind.Histogram ? 1 : 1.0 / run.Plan.StepsPerMass;
        return [.. Enumerable.Range(0, run.Points).Select(i => new IonReading(
            Math.Round(run.Plan.First + (i * step), 6), words[i], first + (each * (i - 0.5))))];
    }

    private bool MeasuresPressure(RgaRun run) => options.TotalPressure && run.MultiplierVolts == 0 && head.TotalSensitivityMilliamperesPerTorr > 0;

    /// <summary>Torr = A * 1000 / (mA/Torr).</summary>
    private double? Pressure(RgaRun run, double total) => MeasuresPressure(run)
        ? total * 1000 / head.TotalSensitivityMilliamperesPerTorr * SrsRgaProtocol.PascalsPerTorr
        : null;
}
