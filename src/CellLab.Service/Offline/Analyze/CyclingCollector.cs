using System.Globalization;
using CellLab.Analysis.Cycling;
using CellLab.Analysis.DqDv;
using CellLab.Service.Offline.Foreign;
using CellLab.Service.Offline.Foreign.Cyclers;

namespace CellLab.Service.Offline.Analyze;

/// <summary>One executed step as the analysis keeps it: its sums and its charge over voltage.</summary>
internal sealed record CollectedStep(StepResult Result, long Rows, double StartSeconds, double EndSeconds, double LargestAmperes, ChargeHistogram Charge, ChargeHistogram Discharge);

/// <summary>Takes the records of a file one by one; what it keeps grows with the steps, not with the rows.</summary>
internal sealed class CyclingCollector : ICyclingSink
{
    private readonly StepStream _stream;
    private readonly FindingLog _log;
    private readonly double _binVolts;
    private readonly List<CollectedStep> _steps = [];
    private StepCurve _curve;
    private long _rows;
    private double _startSeconds, _endSeconds, _largestAmperes;

    public CyclingCollector(CyclingSettings settings, double binVolts, FindingLog log)
    {
        _stream = new StepStream(settings, this);
        _log = log;
        _binVolts = binVolts;
        _curve = new StepCurve(binVolts);
    }

    public IReadOnlyList<CollectedStep> Steps => _steps;

    public void Add(in CyclingRecord record, in RowPlace place)
    {
        if (place.BeginsStep)
        {
            _stream.Finish();
        }

        if (_stream.Add(record) is not { } moved)
        {
            return;
        }

        _startSeconds = _rows == 0 ? place.TestSeconds : _startSeconds;
        _endSeconds = place.TestSeconds;
        _largestAmperes = Math.Max(_largestAmperes, Math.Abs(record.Amperes));
        _rows++;
        if (!_curve.Add(moved))
        {
            _log.Warning(ForeignCodes.Implausible, record.Sequence, "voltage", string.Create(
                CultureInfo.InvariantCulture, $"row {record.Sequence}: {record.Volts:g6} V is no voltage of a cell; is the unit right? Its charge is not in dQ/dV"));
        }
    }

    public void Finish() => _stream.Finish();

    void ICyclingSink.StepEnded(StepResult step)
    {
        _steps.Add(new CollectedStep(step, _rows, _startSeconds, _endSeconds, _largestAmperes, _curve.Charge(), _curve.Discharge()));
        _curve = new StepCurve(_binVolts);
        _rows = 0;
        _largestAmperes = 0;
    }

    void ICyclingSink.CycleClosed(CycleResult cycle) => throw new InvalidOperationException("a stream of steps closes no cycles");

    void ICyclingSink.Found(Finding finding) => _log.Warning(finding.Code, finding.Record, finding.Column, finding.Message);
}
