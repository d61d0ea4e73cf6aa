using CellLab.AutolabBridge.Sdk;
using CellLab.AutolabBridge.Time;

namespace CellLab.AutolabBridge.Running;

/// <summary>Executes a run from its first step to the cell off, on the SDK's thread.</summary>
internal sealed class RunExecutor(RunPlan plan, RunContext run, IRunClock clock)
{
    private const int OffTries = 3;
    private double _seconds;

    /// <summary>Whatever happens, it ends with an attempt to switch the cell off, which is read back, and with the event <c>finished</c>.</summary>
    /// <param name="over">Called when nothing more happens at the instrument, before anybody is told.</param>
    public void Execute(Action over)
    {
        (string reason, string? code, string? text) = ("done", null, null);
        run.Report.Started();
        try
        {
            run.Begin();
            Steps();
        }
        catch (RunStopException stop)
        {
            (reason, code, text) = (stop.Reason, stop.Code, stop.Message);
        }
        catch (SdkException error)
        {
            (reason, code, text) = ("error", error.Code, error.Message);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            (reason, code, text) = ("error", "sdk_error", $"{error.GetType().Name}: {error.Message}"); // whatever it is: the cell must go off
        }

        bool off = SwitchOff(ref text);
        over();
        run.Report.Finished(reason, code, text, _seconds, off);
        run.Control.End(off);
    }

    private void Steps()
    {
        var passes = new Dictionary<int, int>();
        for (int at = 0; at < plan.Steps.Count; at++)
        {
            run.Control.ThrowIfAborted();
            StepPlan step = plan.Steps[at];
            if (step.Technique != Technique.Loop)
            {
                Execute(step);
                continue;
            }

            int done = passes.TryGetValue(at, out int before) ? before + 1 : 1;
            passes[at] = done < step.Passes ? done : 0;
            at = done < step.Passes ? step.FirstStep - 2 : at;
        }
    }

    private void Execute(StepPlan step)
    {
        if (step.IsSpectrum)
        {
            new SpectrumStep(step, run).Run();
        }
        else
        {
            new SampledStep(step, run).Run();
        }
    }

    private bool SwitchOff(ref string? text)
    {
        for (int i = 0; i < OffTries; i++)
        {
            try
            {
                run.Expect("cell off", 0);
                run.CellOff();
                _seconds = run.Elapsed;
                clock.End();
                return true;
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                text = $"{text} {error.Message}"; // tried again
            }
        }

        return false;
    }
}
