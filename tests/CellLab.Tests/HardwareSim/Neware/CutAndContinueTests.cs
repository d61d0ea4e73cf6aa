using System.Text;
using CellLab.CellModel;
using CellLab.Core.Programs;
using CellLab.Core.Safety;
using CellLab.Drivers.Neware.StepFile;
using CellLab.HardwareSim.Cells;
using CellLab.HardwareSim.Neware.Program;
using CellLab.HardwareSim.Neware.Running;

namespace CellLab.Tests.HardwareSim.Neware;

/// <summary>What a mains cut does to the cycles after it: the program of what is left adds nothing of its own; the cell's rest at open circuit does, because its slow
/// domain relaxes. At 5C that is some per cent of the capacity for the next cycles.</summary>
[Trait("Suite", "Broad")]
public sealed class CutAndContinueTests
{
    private const int Cycles = 24;
    private const int CutCycle = 10;
    private const double Hour = 3600;

    private static readonly CellProgram Life = new(
        "life",
        [
            new CurrentStep(1, "main", 5e-5, 0.1, null, 4.8), new CurrentStep(2, "main", -5e-5, -0.1, null, 2.0),
            new CurrentStep(3, "life", 2.5e-3, 5, null, 4.8), new CurrentStep(4, "life", -2.5e-3, -5, null, 2.0), new LoopStep(5, "life", 3, Cycles),
        ],
        new RecordRule(30, 0.005, null), new SafetyLimits(4.9, 1.8, null, null, null, 5), 5e-4);

    [Theory]
    [InlineData(true, 200)]
    [InlineData(false, 120)]
    public void A_cut_without_a_rest_changes_no_cycle(bool inCharge, double cutSeconds)
    {
        double[] whole = OnTester(inCharge, cutSeconds, null);
        double[] cut = OnTester(inCharge, cutSeconds, 0);
        Assert.Equal(Cycles, cut.Length);
        Assert.All(whole.Zip(cut), pair => Near(pair.First, pair.Second, 0.001));
    }

    [Theory]
    [InlineData(true, 200, 8)]
    [InlineData(false, 20, 1)]
    [InlineData(false, 200, 8)]
    public void After_a_rest_the_cycles_are_those_of_the_cell_model_with_the_same_rest(bool inCharge, double cutSeconds, double hours)
    {
        double[] cut = OnTester(inCharge, cutSeconds, hours * Hour);
        double[] model = ByHand(inCharge, cutSeconds, hours * Hour);
        Assert.All(model.Zip(cut), pair => Near(pair.First, pair.Second, 0.003));
    }

    /// <summary>Near the end of a discharge it moves the next cycles by some per cent, in the middle of a charge by next to nothing; either fades within the
    /// time of the slow domain.</summary>
    [Theory]
    [InlineData(true, 120, 0, 0.01)]
    [InlineData(false, 200, 0.01, 0.1)]
    public void The_difference_to_an_undisturbed_series_is_the_relaxation_of_the_cell_and_fades(bool inCharge, double cutSeconds, double least, double most)
    {
        double[] shares = [.. ByHand(inCharge, cutSeconds, 8 * Hour).Zip(ByHand(inCharge, cutSeconds, null)).Select(pair => pair.First / pair.Second - 1)];
        double largest = shares[CutCycle..].Max(Math.Abs);
        Assert.True(largest >= least && largest <= most && Math.Abs(shares[^1]) < largest / 2, string.Join(' ', shares.Select(share => $"{share:P3}")));
        Assert.All(shares[..(CutCycle - 1)], share => Assert.Equal(0, share, 9));
    }

    /// <summary>Discharge capacities at 5C, Ah; the cut test goes on as a program of its own.</summary>
    private static double[] OnTester(bool inCharge, double cutSeconds, double? restSeconds)
    {
        var cell = new SimulatedCell(Materials.Get("LMNO"), 1);
        TestRun run = Start(Life, cell, 0);
        if (restSeconds is not { } rest)
        {
            run.AdvanceTo(double.MaxValue);
            return [.. Discharges(run.Test)];
        }

        double now = 0;
        int place = 2 * CutCycle + (inCharge ? 0 : 1); // after the two steps at 0.1C
        while (run.Test.Steps.Count <= place || run.Step.Elapsed < cutSeconds)
        {
            run.AdvanceTo(now += 1);
        }

        run.End(now, RunState.Stop, BtsLogCode.Interrupted);
        ExecutedStep interrupted = run.Test.Steps[^1];
        cell.Rest(rest);
        Remainder left = ProgramRemainder.Of(Life, new ReachedPlace(place, interrupted.Seconds, interrupted.AmpereHours))!;
        TestRun second = Start(left.Program, cell, now + rest);
        second.AdvanceTo(double.MaxValue);
        List<double> first = Discharges(run.Test);
        List<double> later = Discharges(second.Test);
        if (!inCharge)
        {
            later[0] += first[^1]; // one discharge in two pieces
            first.RemoveAt(first.Count - 1);
        }

        return [.. first, .. later];
    }

    private static TestRun Start(CellProgram program, SimulatedCell cell, double now)
    {
        string file = NewareStepFile.Write(program, "cell", DateTimeOffset.UnixEpoch, Guid.Empty);
        return new TestRun(new BtsTest(1, "cell", StepFileReader.Read(Encoding.UTF8.GetBytes(file)), now), cell, new Meter(exact: true, 1), 1e9);
    }

    private static List<double> Discharges(BtsTest test) => [.. test.Steps.Where(step => step.Step is { IsDischarge: true, Milliamperes: > 1 }).Select(step => step.AmpereHours)];

    /// <summary>The same series by the equations of the cell alone, with the rest in the same place.</summary>
    private static double[] ByHand(bool inCharge, double cutSeconds, double? restSeconds)
    {
        var stepper = new CellStepper(Materials.Get("LMNO"));
        CellState state = CellState.Fresh(Materials.Get("LMNO"));
        var discharges = new List<double>();
        _ = Half(0.05, 20, 4.8, double.MaxValue);
        _ = Half(-0.05, 20, 2.0, double.MaxValue);
        for (int cycle = 1; cycle <= Cycles; cycle++)
        {
            _ = Cut(cycle, inCharge) ? Half(2.5, 0.5, 4.8, cutSeconds) + Rest() : 0;
            _ = Half(2.5, 0.5, 4.8, double.MaxValue);
            double before = Cut(cycle, !inCharge) ? Half(-2.5, 0.5, 2.0, cutSeconds) + Rest() : 0;
            discharges.Add(before + Half(-2.5, 0.5, 2.0, double.MaxValue));
        }

        return [.. discharges];

        bool Cut(int cycle, bool here) => here && restSeconds is not null && cycle == CutCycle;

        double Rest()
        {
            for (double rested = 0; rested < restSeconds; rested += 10)
            {
                stepper.Step(ref state, Math.Min(10, restSeconds.Value - rested), 0);
            }

            return 0;
        }

        double Half(double milliamperes, double stride, double limit, double most)
        {
            double seconds = 0;
            for (bool reached = false; !reached && seconds < most - 1e-9;)
            {
                LimitedStep step = stepper.StepToVoltage(ref state, stride, milliamperes, limit, rising: milliamperes > 0);
                (seconds, reached) = (seconds + step.Seconds, step.Reached);
            }

            return Math.Abs(milliamperes) * seconds / 3.6e6;
        }
    }

    private static void Near(double expected, double measured, double share) => Assert.InRange(measured, expected * (1 - share), expected * (1 + share));
}
