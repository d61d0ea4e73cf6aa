using System.Globalization;
using CellLab.Analysis.Dems;
using CellLab.Core.Records;
using CellLab.Service.Offline.Analyze;

namespace CellLab.Service.AnalysisRole.Companions.Gas;

/// <summary>Rows of a job's mass spectrometer and cycler on one axis: seconds since the first ion current. Nothing is shifted.</summary>
internal sealed class GasSignals
{
    private const double ShareOfOneC = 2e-3;

    private readonly Dictionary<string, List<(double Seconds, double Value)>> _masses = [];
    private readonly List<(double Seconds, double Value)> _volts = [];
    private readonly List<(double Seconds, double Value)> _amperes = [];
    private readonly List<(string Phase, double From, double To)> _phases = [];
    private DateTimeOffset? _origin;

    public int Rows { get; private set; }

    public DateTimeOffset Origin => _origin ?? DateTimeOffset.UnixEpoch;

    /// <summary>Detector settings seen; a sensitivity holds for one only.</summary>
    public HashSet<string> Detectors { get; } = [];

    /// <summary>Rows of one phase after each other: background, calibration, run.</summary>
    public IReadOnlyList<(string Phase, double From, double To)> Phases => _phases;

    public IReadOnlyDictionary<string, TimedSeries> Masses => _masses.ToDictionary(mass => mass.Key, mass => new TimedSeries(mass.Value));

    public TimedSeries Volts => new(_volts);

    public TimedSeries Amperes => new(_amperes);

    public void Add(CompanionRow row)
    {
        var ion = (IonBody)row.Body;
        _origin ??= row.TakenAtUtc;
        double seconds = (row.TakenAtUtc - _origin.Value).TotalSeconds;
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

    /// <summary>Rows of the cycler may come before the first ion current: they are kept by their own clock.</summary>
    public void Add(RecordRow row)
    {
        _origin ??= row.Record.TakenAtUtc;
        double seconds = (row.Record.TakenAtUtc - _origin.Value).TotalSeconds;
        _volts.Add((seconds, row.Record.VoltageVolts));
        _amperes.Add((seconds, row.Record.CurrentAmperes));
    }

    /// <summary>The first stretch of charging current; null before there is one.</summary>
    public Span? FirstCharge(double oneCAmperes)
    {
        double? began = null;
        double last = 0;
        foreach ((double seconds, double amperes) in _amperes)
        {
            if (amperes > ShareOfOneC * oneCAmperes)
            {
                began ??= seconds;
                last = seconds;
            }
            else if (began is not null && last > began)
            {
                break;
            }
        }

        return began is { } from && last > from ? new Span(from, last) : null;
    }
}
