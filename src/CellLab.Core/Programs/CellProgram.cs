using CellLab.Core.Safety;

namespace CellLab.Core.Programs;

/// <summary>A protocol compiled for one cell: every current in amperes, loops by number. What a device runs alone or the service steps.
/// Steps are numbered from 1 in order; loops count as steps (NEWARE counts them too); the end is implicit.</summary>
public sealed record CellProgram(string Name, IReadOnlyList<ProgramStep> Steps, RecordRule Record, SafetyLimits Limits, double NominalCapacityAmpereHours)
{
    /// <summary>Where 1C is measured in the test; the steps after it stand here with the nominal capacity. Null when every current is known.</summary>
    public MeasuredBase? Measured { get; init; }

    /// <summary>Steps that go on beside the cycler (triggers): marks that no tester gets, see <see cref="BesideSteps"/>.</summary>
    public IReadOnlyList<BesideStep> Beside { get; init; } = [];

    /// <summary>What of the whole test only an instrument of one kind understands; null for a program that any executor runs.</summary>
    public InstrumentPart? InstrumentPart { get; init; }

    /// <summary>When rows of this step are stored.</summary>
    public RecordRule RecordOf(ProgramStep step) => step.Record ?? Record;

    /// <summary>The longest time between two rows of any step, s.</summary>
    public double LongestIntervalSeconds => Steps.Select(step => RecordOf(step).IntervalSeconds).Append(Record.IntervalSeconds).Max();

    /// <summary>The same program for an executor whose loops only count and whose currents are fixed: exits left out, rates by the nominal
    /// capacity.</summary>
    public CellProgram WithoutDecisions() => this with
    {
        Measured = null, Steps = [.. Steps.Select(step => step is LoopStep { Exits: not null } loop ? loop with { Exits = null } : step)],
    };

    /// <summary>The same program for an executor that does not judge how slowly a voltage moves: rests last their whole time.</summary>
    public CellProgram WithoutSettling() => Steps.Any(step => step is RestStep { UntilVoltsPerSecond: not null })
        ? this with { Steps = [.. Steps.Select(step => step is RestStep rest ? rest with { UntilVoltsPerSecond = null } : step)] }
        : this;

    /// <summary>The same program with every current fixed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is not plausible (<see cref="MeasuredBase.IsPlausible"/>).</exception>
    public CellProgram WithMeasuredCapacity(double ampereHours)
    {
        if (Measured is not { } measured)
        {
            return this;
        }

        return MeasuredBase.IsPlausible(ampereHours, NominalCapacityAmpereHours)
            ? this with { Measured = null, Steps = [.. Steps.Select(step => measured.Apply(step, ampereHours))] }
            : throw new ArgumentOutOfRangeException(nameof(ampereHours), MeasuredText.Implausible(ampereHours, NominalCapacityAmpereHours));
    }
}
