namespace CellLab.Analysis.Gitt;

/// <summary>One record as the search for pulses sees it. <paramref name="StepStartSeconds"/>: when its executed step began, where the file tells, so
/// that the edge of a pulse lies there and not at the nearest record; null otherwise.</summary>
public readonly record struct GittRecord(double Seconds, double Volts, double Amperes, double? StepStartSeconds);

/// <summary>Finds pulses by the current, record by record: rest, current of one sign, rest. Edges are never taken from jumps of the potential.</summary>
/// <param name="smallestAmperes">Up to this it is rest.</param>
public sealed class PulseFinder(double smallestAmperes)
{
    private const int FewestPoints = 3;
    private const int MostPoints = 2_000_000;
    private const double DriftSpanSeconds = 600;

    /// <summary>Without step times the first record without current ends the pulse, if it came when the pulse's next one was due; else its last one does.</summary>
    private const double NextRecord = 1.5;

    private readonly List<(double Seconds, double Volts)> _points = [];
    private readonly List<double> _amperes = [];
    private readonly Queue<(double Seconds, double Volts)> _restEnd = new();
    private double? _restVolts;
    private double _restUntil, _start, _end, _restBefore, _longestInterval;
    private int _sign;
    private bool _ended;

    /// <summary>Takes the next record; gives a pulse as soon as the rest behind it has ended.</summary>
    public GittPulse? Add(in GittRecord record)
    {
        int sign = Math.Abs(record.Amperes) <= smallestAmperes ? 0 : Math.Sign(record.Amperes);
        GittPulse? found = sign != 0 && _ended ? Take(record.StepStartSeconds ?? record.Seconds) : null;
        if (sign == 0)
        {
            AddRest(record);
        }
        else
        {
            AddCurrent(record, sign);
        }

        return found;
    }

    /// <summary>The last pulse, if its rest has begun.</summary>
    public GittPulse? Finish() => _ended ? Take(_restUntil) : null;

    private void AddRest(in GittRecord record)
    {
        if (_points.Count > 0 && !_ended)
        {
            _ended = true;
            _end = record.StepStartSeconds ?? (record.Seconds - _end <= NextRecord * _longestInterval ? record.Seconds : _end);
            _restEnd.Clear();
        }

        _restVolts = record.Volts;
        _restUntil = record.Seconds;
        _restEnd.Enqueue((record.Seconds, record.Volts));
        while (_restEnd.Peek().Seconds < record.Seconds - DriftSpanSeconds)
        {
            _restEnd.Dequeue();
        }
    }

    private void AddCurrent(in GittRecord record, int sign)
    {
        if (_points.Count == 0 && _restVolts is { } before)
        {
            (_start, _restBefore, _sign) = (record.StepStartSeconds ?? record.Seconds, before, sign);
        }
        else if (_points.Count == 0 || sign != _sign || _points.Count >= MostPoints)
        {
            Drop(); // no rest before it, or the current turned round: no pulse
            return;
        }

        _longestInterval = _points.Count == 0 ? 0 : Math.Max(_longestInterval, record.Seconds - _end);
        _end = record.Seconds;
        _points.Add((record.Seconds - _start, record.Volts));
        _amperes.Add(record.Amperes);
    }

    private GittPulse? Take(double restUntil)
    {
        GittPulse? pulse = _points.Count >= FewestPoints && _end > _start && _restVolts is { } after
            ? new GittPulse(_start, _end - _start, _amperes.Average(), _restBefore, after, Drift(), [.. _points]) { RestSeconds = restUntil - _end }
            : null;
        _points.Clear();
        _amperes.Clear();
        _ended = false;
        return pulse;
    }

    private void Drop()
    {
        _points.Clear();
        _amperes.Clear();
        _restVolts = null;
        _ended = false;
    }

    private double? Drift()
    {
        if (_restEnd.Count < 2)
        {
            return null;
        }

        (double seconds, double volts) first = _restEnd.Peek();
        (double seconds, double volts) last = _restEnd.Last();
        return last.seconds > first.seconds ? (last.volts - first.volts) / (last.seconds - first.seconds) * 3600 : null;
    }
}
