using CellLab.Core.Devices;
using CellLab.Core.Programs;
using CellLab.Core.Records;

namespace CellLab.TestKit.Devices;

/// <summary>One channel of a <see cref="ScriptedCycler"/>: a test sets its state and adds records as the instrument would.</summary>
public sealed class ScriptedChannel(ChannelAddress address)
{
    private readonly Lock _lock = new();
    private readonly List<InstrumentRecord> _records = [];

    public ChannelAddress Address { get; } = address;

    public ChannelState State { get; set; } = ChannelState.Finished;

    public string TestId { get; set; } = "1";

    public string? Barcode { get; set; }

    public double Volts { get; set; } = 3.1;

    /// <summary>What the last start asked for.</summary>
    public CellProgram? Program { get; set; }

    public int Starts { get; private set; }

    public int Stops { get; private set; }

    public ChannelStatus Status() => new(Address, State, State.ToString(), DateTimeOffset.UnixEpoch, Volts, 0, TestId, Barcode);

    public void Begin(string barcode)
    {
        lock (_lock)
        {
            Starts++;
            _records.Clear();
            (State, Barcode) = (ChannelState.Running, barcode);
            TestId = (int.Parse(TestId, System.Globalization.CultureInfo.InvariantCulture) + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    public void Stop()
    {
        Stops++;
        if (State is ChannelState.Running or ChannelState.Paused)
        {
            State = ChannelState.Stopped;
        }
    }

    /// <summary>Adds a record of executed step <paramref name="stepCount"/>; numbers run on by themselves.</summary>
    public void Add(int stepCount, int stepId, double stepSeconds, double volts, double amperes, double ampereHours)
    {
        lock (_lock)
        {
            double time = _records.Count == 0 ? stepSeconds : _records[^1].SegmentTimeSeconds + Math.Max(0, stepSeconds - (_records[^1].StepCount == stepCount ? _records[^1].StepTimeSeconds : 0));
            _records.Add(new InstrumentRecord(
                _records.Count + 1, stepCount, stepId, amperes > 0 ? StepKind.ConstantCurrentCharge : StepKind.ConstantCurrentDischarge, stepSeconds, time, false,
                DateTimeOffset.UnixEpoch.AddSeconds(time), DateTimeOffset.UnixEpoch.AddSeconds(time), volts, amperes, ampereHours, ampereHours * volts, 1));
        }
    }

    public IReadOnlyList<InstrumentRecord> After(long number)
    {
        lock (_lock)
        {
            return [.. _records.Where(record => record.RecordNumber > number)];
        }
    }
}
