using CellLab.Core.Devices;
using CellLab.Core.Time;
using CellLab.Drivers.MethodScript.Session;
using CellLab.Drivers.MethodScript.Wire;

namespace CellLab.Drivers.MethodScript.Running;

/// <summary>An impedance spectrum as it comes.</summary>
internal sealed class SpectrumRun(string testId, SpectrumPlan plan, Clocks clocks) : ChannelRun(testId, null, LongestQuietOf(plan), clocks)
{
    private const double PeriodsOfSilence = 10;
    private readonly List<SpectrumPoint> _points = [];
    private double? _openCircuitVolts;

    public SpectrumReading Since(int taken)
    {
        lock (Gate)
        {
            SpectrumOutcome outcome = !Settled ? SpectrumOutcome.Running
                : Ending == ScriptEnding.Normal && _points.Count == plan.Points ? SpectrumOutcome.Complete : SpectrumOutcome.EndedEarly;
            return new SpectrumReading(plan, StartedUtc, _openCircuitVolts, [.. _points.Skip(taken)], outcome, [.. Notes.All]);
        }
    }

    protected override void Take(OutputLine line, DateTimeOffset receivedUtc)
    {
        if (line is not PackageLine package)
        {
            return;
        }

        lock (Gate)
        {
            Watch_NeedsGate(package);
            if (package.ValueOf(VariableTypes.Frequency) is { } hertz)
            {
                _points.Add(new SpectrumPoint(
                    _points.Count + 1, receivedUtc, hertz, package.ValueOf(VariableTypes.RealOhms), package.ValueOf(VariableTypes.ImaginaryOhms),
                    package.Status.HasFlag(PackageStatus.Overload)));
            }
            else
            {
                _openCircuitVolts = package.ValueOf(VariableTypes.MeasuredVolts);
                LastVolts = _openCircuitVolts;
            }
        }
    }

    private static TimeSpan LongestQuietOf(SpectrumPlan plan) =>
        TimeSpan.FromSeconds(Math.Max(PeriodsOfSilence / Math.Min(plan.FirstHertz, plan.LastHertz), 3 * plan.RestSeconds));
}
