using CellLab.AutolabBridge.Sdk;
using CellLab.AutolabBridge.Time;

namespace CellLab.AutolabBridge.Running;

/// <summary>What the steps of one run share. Lives on the SDK's thread.</summary>
internal sealed class RunContext(
    AutolabInstrument instrument, IRunClock clock, SdkThread thread, RunControl control, RunReport report, RunLimits limits, string bandwidth, double callLimitSeconds)
{
    private const double FirstLookSeconds = 0.05;
    private double _begin;

    public AutolabInstrument Instrument => instrument;

    public RunControl Control => control;

    public RunReport Report => report;

    public RunLimits Limits => limits;

    public LimitWatch Watch { get; } = new(limits);

    public void Begin()
    {
        clock.Begin();
        _begin = clock.Seconds;
    }

    /// <summary>Since the begin of the run.</summary>
    public double Elapsed => clock.Seconds - _begin;

    public double Since(double seconds) => seconds - _begin;

    public double Now => clock.Seconds;

    /// <exception cref="RunStopException">The run is to end, or has lasted too long.</exception>
    public void WaitUntil(double seconds)
    {
        thread.Expect("a wait between two samples", double.PositiveInfinity);
        clock.WaitUntil(seconds, control.Interrupt);
        control.ThrowIfAborted();
        if (Elapsed > limits.MaxSeconds)
        {
            throw new RunStopException("limit", "timeout", FormattableString.Invariant($"the run has lasted longer than its limit of {limits.MaxSeconds:G6} s"));
        }

        Expect("a call of the SDK", 0);
    }

    /// <summary>The call that follows may take so much longer than a usual one.</summary>
    public void Expect(string what, double moreSeconds) => thread.Expect(what, callLimitSeconds + moreSeconds);

    public Reading Read()
    {
        var reading = new Reading(
            clock.Seconds, instrument.Number("Ei.Potential"), instrument.Number("Ei.Current"), instrument.Flag("Ei.CurrentOverload"), instrument.Flag("Ei.PotentialOverload"));
        control.Saw(reading);
        return reading;
    }

    /// <summary>Mode and range change with the cell off only; what was set is read back.</summary>
    public void Prepare(bool galvanostatic, double range, double setpoint)
    {
        CellOff();
        instrument.Set("Ei.Mode", galvanostatic ? "Galvanostatic" : "Potentiostatic");
        instrument.Set("Ei.Bandwidth", bandwidth);
        instrument.Set("Ei.CurrentRange", CurrentRanges.NameOf(range));
        instrument.Set("Ei.Setpoint", setpoint);
        Confirm("Ei.Mode", galvanostatic ? "Galvanostatic" : "Potentiostatic");
        Confirm("Ei.CurrentRange", CurrentRanges.NameOf(range));
    }

    public void CellOn()
    {
        instrument.Set("Ei.CellOnOff", "On");
        if (!instrument.Flag("Ei.Cell"))
        {
            throw new RunStopException("error", "sdk_error", "the cell was switched on but does not read back as on");
        }

        Watch.Interrupted();
        WaitUntil(clock.Seconds + FirstLookSeconds);
    }

    public void CellOff()
    {
        instrument.Set("Ei.CellOnOff", "Off");
        Watch.Interrupted();
        if (instrument.Flag("Ei.Cell"))
        {
            throw new RunStopException("error", "sdk_error", "the cell was switched off but does not read back as off");
        }
    }

    private void Confirm(string member, string expected)
    {
        string found = instrument.Word(member);
        if (found != expected)
        {
            throw new RunStopException("error", "sdk_error", $"{member} was set to {expected} and reads back as {found}");
        }
    }
}
