using System.Diagnostics;
using CellLab.CellModel;

namespace CellLab.Benchmarks;

/// <summary>Steps per second of one simulated cell on one core, counted in processor time so that other work on the machine does not tell.</summary>
internal sealed class CellModelBenchmark : IBenchmark
{
    private const int Steps = 2_000_000;
    private const int Runs = 5;

    public string Name => "cell-model";

    public string Summary => $"a cell cycled at 1C, best of {Runs} runs of {Steps} steps";

    public Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        double[] atTenSeconds = [.. Enumerable.Range(0, Runs).Select(_ => StepsPerSecond(10))];
        double[] atOneMillisecond = [.. Enumerable.Range(0, Runs).Select(_ => StepsPerSecond(1e-3))];
        double[] atActivation = [.. Enumerable.Range(0, Runs).Select(_ => StepsPerSecond(0.01, formed: false))];
        return Task.FromResult<IReadOnlyList<Figure>>(
        [
            new Figure("steps_per_s_at_10_s", atTenSeconds.Max()),
            new Figure("steps_per_s_at_1_ms", atOneMillisecond.Max()),
            new Figure("steps_per_s_on_the_first_plateau", atActivation.Max()),
        ]);
    }

    /// <param name="formed">A cell after its first cycles; else one on the plateau of its first charge, where each step solves for the split of
    /// the current.</param>
    private static double StepsPerSecond(double seconds, bool formed = true)
    {
        CellParameters material = Materials.Get("LMNO");
        var stepper = new CellStepper(material);
        CellState state = CellState.Fresh(material);
        double milliamperes = Prepare(stepper, ref state, formed ? 2000 : 250);
        int steps = formed ? Steps : Steps / 20;
        using Process self = Process.GetCurrentProcess();
        TimeSpan begin = self.TotalProcessorTime;
        for (int i = 0; i < steps; i++)
        {
            milliamperes = Cycle(stepper, ref state, seconds, milliamperes);
        }

        self.Refresh();
        return steps / (self.TotalProcessorTime - begin).TotalSeconds;
    }

    private static double Prepare(CellStepper stepper, ref CellState state, int steps)
    {
        double milliamperes = 0.5;
        for (int i = 0; i < steps; i++)
        {
            milliamperes = Cycle(stepper, ref state, 10, milliamperes);
        }

        return milliamperes;
    }

    private static double Cycle(CellStepper stepper, ref CellState state, double seconds, double milliamperes)
    {
        double volts = stepper.Step(ref state, seconds, milliamperes);
        return volts > 4.8 ? -0.5 : volts < 2.0 ? 0.5 : milliamperes;
    }
}
