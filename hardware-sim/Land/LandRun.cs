using CellLab.CellModel;
using CellLab.HardwareSim.Cells;

namespace CellLab.HardwareSim.Land;

/// <summary>One test: plays a program on a cell and writes what it measures. Strides depend on the program alone, never on who asks when.</summary>
internal sealed class LandRun
{
    private const double LongestStride = 10;
    private const double RangeMilliamperes = 10;
    private readonly CellPlace _place;
    private readonly Meter _meter;
    private readonly double _recordSeconds;
    private readonly LandCounter _counter;
    private readonly double _began;
    private LandBenchStep? _step;
    private double _elapsed;
    private double _recordedAt;
    private double _charge;
    private double _energy;
    private double _milliamperes;

    public LandRun(CellPlace place, Meter meter, LandBenchProgram program, double recordSeconds, CcsFileWriter file)
    {
        (_place, _meter, _recordSeconds, File) = (place, meter, recordSeconds, file);
        _counter = new LandCounter(program);
        _began = place.AdvancedTo;
        Enter();
    }

    public CcsFileWriter File { get; private set; }

    public bool IsOver => _step is null;

    /// <summary>Since the start of the test, s.</summary>
    public double TestSeconds => _place.AdvancedTo - _began;

    /// <summary>Whole strides up to this lab time.</summary>
    public void AdvanceTo(double seconds)
    {
        while (_step is { } step && StrideOf(step) is var stride && _place.AdvancedTo + stride <= seconds)
        {
            Take(step, stride);
        }
    }

    public void Stop()
    {
        if (_step is not null)
        {
            Record();
            _step = null;
        }
    }

    /// <summary>The monitor program begins another file.</summary>
    public void GoOnIn(CcsFileWriter file)
    {
        Record();
        File.Dispose();
        File = file;
        WriteStep();
    }

    private void Enter()
    {
        _step = _counter.Next();
        (_elapsed, _recordedAt, _charge, _energy) = (0, 0, 0, 0);
        if (_step is not null)
        {
            WriteStep();
        }
    }

    private void WriteStep() => File.Step(Mode(_step!), _counter.Cycle, _counter.Number, TestSeconds, _place.AdvancedTo);

    private static uint Mode(LandBenchStep step) => step.Kind switch
    {
        "rest" => 1,
        "voltage" => 0x21,
        _ => step.CurrentMa > 0 ? 0x24u : 0x44u,
    };

    private double StrideOf(LandBenchStep step)
    {
        double stride = Math.Min(LongestStride, _recordedAt + _recordSeconds - _elapsed);
        return Math.Max(Solvers.ShortestSeconds, step.Seconds is { } end ? Math.Min(stride, end - _elapsed) : stride);
    }

    private void Take(LandBenchStep step, double stride)
    {
        SimulatedCell cell = _place.Cell;
        double taken = stride;
        bool ended = false;
        switch (step.Kind)
        {
            case "rest":
                _milliamperes = 0;
                cell.Step(stride, 0);
                break;
            case "voltage":
                double truth = cell.StepAtVoltage(stride, _meter.TrueVolts(step.Volts), -RangeMilliamperes, RangeMilliamperes, _milliamperes);
                _milliamperes = _meter.ReadMilliamperes(truth, RangeMilliamperes);
                ended = step.UntilMa is { } low && Math.Abs(_milliamperes) <= Math.Abs(low);
                break;
            default:
                (taken, ended) = Drive(cell, step, stride);
                break;
        }

        _place.AdvancedTo += taken;
        _elapsed += taken;
        _charge += Math.Abs(_milliamperes) * 1e-3 * taken / 3600;
        _energy += _milliamperes * 1e-3 * cell.Volts * taken / 3600;
        if (ended || _elapsed >= step.Seconds - 1e-6)
        {
            Record();
            Enter();
        }
        else if (_elapsed - _recordedAt >= _recordSeconds - 1e-6)
        {
            Record();
        }
    }

    private (double Taken, bool Ended) Drive(SimulatedCell cell, LandBenchStep step, double stride)
    {
        _milliamperes = _meter.RegulatedMilliamperes(step.CurrentMa, RangeMilliamperes);
        double truth = _meter.TrueMilliamperes(_milliamperes, RangeMilliamperes);
        if (step.UntilV is not { } limit)
        {
            cell.Step(stride, truth);
            return (stride, false);
        }

        LimitedStep moved = cell.StepToVoltage(stride, truth, _meter.TrueVolts(limit), rising: step.CurrentMa > 0);
        return (moved.Seconds, moved.Reached);
    }

    private void Record()
    {
        if (_elapsed <= _recordedAt)
        {
            return;
        }

        File.Record(new CcsSample(_elapsed - _recordedAt, _meter.ReadVolts(_place.Cell.Volts), _milliamperes * 1e-3, _charge, _energy, 10));
        (_recordedAt, _charge, _energy) = (_elapsed, 0, 0);
    }
}
