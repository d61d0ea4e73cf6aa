using CellLab.Core.Programs;

namespace CellLab.Drivers.Neware.StepFile;

/// <summary>What a step file cannot say.</summary>
internal static class StepFileCheck
{
    private const double ShortestSeconds = 0.001; // times are whole milliseconds

    public static IReadOnlyList<string> Problems(CellProgram program)
    {
        var problems = new List<string>();
        for (int i = 0; i < program.Steps.Count; i++)
        {
            ProgramStep step = program.Steps[i];
            if (step.Number != i + 1)
            {
                problems.Add($"step {step.Number} stands at place {i + 1}; steps must be numbered from 1 in order");
            }

            problems.AddRange(Of(step).Select(text => $"step {step.Number}: {text}"));
        }

        if (program.Measured is { } measured)
        {
            problems.Add($"the currents after step {measured.LastStep} follow from a capacity that is measured first; a step file has fixed currents");
        }

        problems.AddRange(StepFilePartCheck.Problems(program));
        if (program.Steps.Count == 0)
        {
            problems.Add("the program has no steps");
        }

        return problems;
    }

    private static IEnumerable<string> Of(ProgramStep step) => step switch
    {
        RestStep rest => Time(rest.DurationSeconds),
        CurrentStep current => Current(current),
        VoltageStep voltage => Voltage(voltage),
        ScanStep scan => Scan(scan),
        LoopStep loop => Loop(loop),
        PowerStep or ResistanceStep => ["constant power and constant resistance: how a step file says their value is not published"],
        OtherInstrumentStep other => [$"'{other.Kind}' needs {other.Needs}; a NEWARE step file has no such step"],
        _ => [$"a NEWARE step file has no step of the kind {step.GetType().Name}"],
    };

    private static IEnumerable<string> Time(double? seconds)
    {
        if (seconds is < ShortestSeconds)
        {
            yield return "times shorter than 1 ms cannot be written";
        }
    }

    private static IEnumerable<string> Current(CurrentStep step)
    {
        if (step.CurrentAmperes == 0)
        {
            yield return "a current of 0 A is a rest; write it as one";
        }

        if (step.UntilSeconds is null && step.UntilVoltageVolts is null && step.UntilAmpereHours is null)
        {
            yield return "a current needs an end: a time, a voltage or a capacity";
        }

        foreach (string problem in Time(step.UntilSeconds))
        {
            yield return problem;
        }
    }

    private static IEnumerable<string> Voltage(VoltageStep step)
    {
        if (step.UntilSeconds is null && step.UntilCurrentAmperes is null && step.UntilRateC is null && step.UntilAmpereHours is null)
        {
            yield return "a voltage needs an end: a time, a current, a rate or a capacity";
        }

        foreach (string problem in Time(step.UntilSeconds))
        {
            yield return problem;
        }
    }

    private static IEnumerable<string> Scan(ScanStep step)
    {
        if (step.VoltsPerSecond <= 0)
        {
            yield return "a scan rate must be above 0 V/s";
        }

        if (step.StartVolts == step.EndVolts)
        {
            yield return "a scan must end at another voltage than it starts from";
        }
    }

    private static IEnumerable<string> Loop(LoopStep step)
    {
        if (step.FirstStep < 1 || step.FirstStep >= step.Number)
        {
            yield return $"the loop goes back to step {step.FirstStep}; expected a step before it";
        }

        if (step.Exits is { } exits)
        {
            yield return $"the loop ends on a condition ({exits}); loops of a step file only count";
        }

        if (step.Passes < 1)
        {
            yield return $"the loop has {step.Passes} passes; expected at least 1";
        }
    }
}
