using CellLab.CellModel;
using CellLab.Core.Programs;

namespace CellLab.Service.Offline.Preview;

/// <summary>Plays a compiled program on a computed cell before a real one is touched.</summary>
public static class ProtocolRehearsal
{
    /// <summary>A step without a time end that takes longer than this on the model is taken for one that never ends.</summary>
    private const double LongestStepSeconds = 60 * 86400;

    /// <summary>No test of a cell has more; a rehearsal of it would only keep the reader waiting.</summary>
    private const int MostSteps = 200_000;
    private const double MostYears = 10;

    /// <summary>Measured: a moved record with its share of indexes (docs: benchmarks).</summary>
    private const double BytesPerRecord = 160;

    /// <summary>Names of the cells that can be played on.</summary>
    public static IReadOnlyCollection<string> Cells => Materials.Names;

    /// <exception cref="ArgumentException">No such cell, or a cell without the mass or the capacity it needs; the message says which.</exception>
    /// <exception cref="StepNeverEndsException">The cell reaches no end of a step; the message names it.</exception>
    public static ProtocolPreview Play(CellProgram whole, RehearsalSetup setup, CancellationToken cancellationToken)
    {
        CellProgram program = setup.Channel is { SteppedByService: true } ? whole : whole.WithoutSettling();
        IVirtualCell cell = CellFor(program, setup);
        var watch = new RehearsalWatch(program, setup);
        var run = new DryRun(program) { Measured = watch.Measured, MostSteps = MostSteps, MostSeconds = MostYears * DryRun.SecondsPerYear };
        foreach (StepEnding ending in run.Play(cell, LongestStepSeconds, cancellationToken))
        {
            watch.Ended(ending);
        }

        double seconds = watch.Last?.CrossedAtSeconds ?? 0;
        return new ProtocolPreview(
            Words(program, setup), seconds, watch.HighestVolts, watch.LowestVolts, watch.PeakAmperes * 1e3, watch.Steps.Records,
            (long)(watch.Steps.Records * BytesPerRecord), StoppedBy(watch.Last, run.StopText) ?? watch.Bounds.Text, watch.Steps.Rows, watch.Cycles.Rows)
        {
            Limits = program.Limits is { MaxVolts: null, MinVolts: null } ? null : new PreviewedLimits(program.Limits.MaxVolts, program.Limits.MinVolts),
            PlainEstimate = setup.Cell is null,
            StartsUtc = setup.StartsAt.ToUniversalTime(),
            EndsUtc = setup.StartsAt.ToUniversalTime().AddSeconds(seconds),
            Blocks = watch.Steps.Blocks,
            Channel = PreviewedChannel.Of(setup.Chosen?.Name, setup.Channel, setup.Accuracy.RangesAmperes),
            Trigger = TriggerLatency.Of(program.LongestIntervalSeconds, setup.Channel),
            Segments = watch.Segments,
            OtherInstruments = PreviewedOther.Of(program, watch.Steps.Rows),
            Executed = watch.Executed,
            Voltage = watch.Trace.Points,
        };
    }

    private static IVirtualCell CellFor(CellProgram program, RehearsalSetup setup)
    {
        double oneC = program.NominalCapacityAmpereHours;
        if (setup.Cell is null)
        {
            return oneC > 0
                ? new PlainCell(PlainWindow.Of(program), oneC)
                : throw new ArgumentException("durations need a capacity: give --capacity (and --mass), or sample.capacity_mAh in the file");
        }

        double mass = setup.ActiveMassMilligrams ?? throw new ArgumentException("a simulated cell needs its active mass; give mass and capacity, for example 2.00mg and 250mAh/g");
        double largest = program.Steps.OfType<CurrentStep>().Select(step => Math.Abs(step.CurrentAmperes)).DefaultIfEmpty(0).Max();
        if (!Materials.TryGet(setup.Cell, out CellParameters? material))
        {
            throw new ArgumentException($"there is no simulated cell '{setup.Cell}'; known are {string.Join(", ", Materials.Names)}");
        }

        return new ModelCell(material, mass, Math.Max(largest, oneC));
    }

    private static string Words(CellProgram program, RehearsalSetup setup) => setup.Cell is { } cell
        ? FormattableString.Invariant($"played on the simulated cell '{cell}', {setup.ActiveMassMilligrams:0.###} mg, fresh; a real cell differs")
        : FormattableString.Invariant($"plain estimate from capacity and current alone (1C = {program.NominalCapacityAmpereHours * 1e3:0.#####} mA, every cycle gives about the nominal capacity, voltage a straight line, holds that end on a current as short as can be); --cell plays a simulated cell");

    private static string? StoppedBy(StepEnding? last, string? reason) => last?.Cause == EndCause.Limit
        ? FormattableString.Invariant($"step {last.Step.Number} passes a safety limit at {last.VoltageVolts:0.###} V")
        : reason;
}
