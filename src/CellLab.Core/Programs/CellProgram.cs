using CellLab.Core.Safety;

namespace CellLab.Core.Programs;

/// <summary>A protocol compiled for one cell: every current in amperes, loops by number. What a device runs alone or the service steps.
/// Steps are numbered from 1 in order; loops count as steps (NEWARE counts them too); the end is implicit.</summary>
public sealed record CellProgram(string Name, IReadOnlyList<ProgramStep> Steps, RecordRule Record, SafetyLimits Limits, double NominalCapacityAmpereHours)
{
    /// <summary>Where 1C is measured in the test; the steps after it stand here with the nominal capacity. Null when every current is known.</summary>
    public MeasuredBase? Measured { get; init; }

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
