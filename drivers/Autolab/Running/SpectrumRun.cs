using CellLab.Core.Devices;
using CellLab.Core.Time;
using CellLab.Drivers.Autolab.Wire;

namespace CellLab.Drivers.Autolab.Running;

/// <summary>An impedance spectrum as it comes.</summary>
internal sealed class SpectrumRun(string testId, SpectrumPlan plan, AutolabOptions options, Clocks clocks) : ChannelRun(testId, null, clocks)
{
    private readonly List<SpectrumPoint> _points = [];
    private double? _openCircuitVolts;

    public SpectrumReading Since(int taken)
    {
        lock (Gate)
        {
            SpectrumOutcome outcome = !Settled ? SpectrumOutcome.Running
                : Ending == RunEnding.Done && _points.Count == plan.Points ? SpectrumOutcome.Complete : SpectrumOutcome.EndedEarly;
            return new SpectrumReading(plan, StartedUtc, _openCircuitVolts, [.. _points.Skip(taken)], outcome, [.. Notes.All]);
        }
    }

    protected override void Take_NeedsGate(RunEventLine news)
    {
        switch (news)
        {
            case PointLine point:
                Notes.Watch(point.Overload, point.RealOhms is not null && point.ImaginaryOhms is not null);
                _points.Add(new SpectrumPoint(
                    _points.Count + 1, Now, point.Hertz, point.RealOhms, options.ImaginarySign * point.ImaginaryOhms, point.Overload));
                break;
            case StepLine { RestVolts: { } volts }:
                _openCircuitVolts = volts;
                LastVolts = volts;
                break;
            case SampleLine sample:
                Notes.Watch(sample.Overload, sample.Volts is not null);
                LastVolts = sample.Volts;
                break;
        }
    }
}
