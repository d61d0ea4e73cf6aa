using CellLab.HardwareSim.Cells;
using CellLab.HardwareSim.Neware.Program;

namespace CellLab.HardwareSim.Neware.Running;

/// <summary>What the power stage of a channel can do.</summary>
internal static class ChannelLimits
{
    private const double LargestMilliamperes = 10;

    public static double Largest(int parallel) => LargestMilliamperes * parallel;

    /// <summary>The current range of a step: the one demanded, else the smallest that holds its current; null when there is none.</summary>
    public static double? Range(BtsStep step, int parallel)
    {
        bool unlimited = step.Type == BtsStepType.VoltageScan || (step.HoldsVoltage && step.Milliamperes <= 0);
        double current = unlimited ? Largest(parallel) : step.Milliamperes;
        return step.RangeMilliamperes is double demanded && demanded >= current
            ? CurrentRanges.Smallest(demanded, parallel) ?? CurrentRanges.Smallest(current, parallel)
            : CurrentRanges.Smallest(current, parallel);
    }

    /// <summary>Why this channel cannot run the program, or null.</summary>
    public static string? Refuse(BtsProgram program, int parallel)
    {
        BtsStep? beyond = program.Steps.FirstOrDefault(s => Range(s, parallel) is null);
        return beyond is null ? null : $"step {beyond.Id}: {beyond.Milliamperes} mA is beyond the channel's {Largest(parallel)} mA";
    }
}
