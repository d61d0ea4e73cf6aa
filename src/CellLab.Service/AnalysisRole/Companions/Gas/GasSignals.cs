using System.Globalization;
using CellLab.Analysis.Dems;
using CellLab.Core.Records;
using CellLab.Service.Offline.Analyze;

namespace CellLab.Service.AnalysisRole.Companions.Gas;

/// <summary>Rows of a job's mass spectrometer and cycler on one axis: seconds since the first ion current, whichever stream came first. Nothing is shifted.</summary>
internal sealed class GasSignals
{
    private const double ShareOfOneC = 2e-3;

    private readonly Dictionary<string, List<(double Seconds, double Value)>> _masses = [];
    private readonly List<(DateTimeOffset At, double Volts, double Amperes)> _cell = [];
    private readonly List<(string Phase, double From, double To)> _phases = [];
    private DateTimeOffset? _origin;

    public int Rows { get; private set; }

    public DateTimeOffset Origin => _origin ?? DateTimeOffset.UnixEpoch;

    /// <summary>Detector settings seen; a sensitivity holds for one only.</summary>
    public HashSet<string> Detectors { get; } = [];

    /// <summary>Rows of one phase after each other: background, calibration, run.</summary>
    public IReadOnlyList<(string Phase, double From, double To)> Phases => _phases;

    public IReadOnlyDictionary<string, TimedSeries> Masses => _masses.ToDictionary(mass => mass.Key, mass => new TimedSeries(mass.Value));

    public TimedSeries Volts => new([.. _cell.Select(point => (Seconds(point.At), point.Volts))]);

    public TimedSeries Amperes => new([.. _cell.Select(point => (Seconds(point.At), point.Amperes))]);

    public void Add(CompanionRow row)
    {
        var ion = (IonBody)row.Body;
        _origin ??= row.TakenAtUtc;
        double seconds = Seconds(row.TakenAtUtc);
        string mass = ion.MassToCharge.ToString("0.###", CultureInfo.InvariantCulture);
        if (!_masses.TryGetValue(mass, out List<(double, double)>? samples))
        {
            _masses[mass] = samples = [];
        }

        samples.Add((seconds, ion.IonCurrentAmperes));
        Detectors.Add(ion.Detector);
        Rows++;
        string phase = ion.Phase.Split(' ')[0];
        if (_phases.Count == 0 || _phases[^1].Phase != phase)
        {
            _phases.Add((phase, seconds, seconds));
        }
        else
        {
            _phases[^1] = _phases[^1] with { To = seconds };
        }
    }

    /// <summary>Rows of the cycler may come before the first ion current or after it: they are kept by their own clock.</summary>
    public void Add(RecordRow row) => _cell.Add((row.Record.TakenAtUtc, row.Record.VoltageVolts, row.Record.CurrentAmperes));

    /// <summary>The first stretch of charging current; null before there is one.</summary>
    public Span? FirstCharge(double oneCAmperes)
    {
        DateTimeOffset? began = null;
        DateTimeOffset last = DateTimeOffset.UnixEpoch;
        foreach ((DateTimeOffset at, _, double amperes) in _cell)
        {
            if (amperes > ShareOfOneC * oneCAmperes)
            {
                began ??= at;
                last = at;
            }
            else if (began is not null && last > began)
            {
                break;
            }
        }

        return began is { } from && last > from ? new Span(Seconds(from), Seconds(last)) : null;
    }

    private double Seconds(DateTimeOffset at) => (at - Origin).TotalSeconds;
}
