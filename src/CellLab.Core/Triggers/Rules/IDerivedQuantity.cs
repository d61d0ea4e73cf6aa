using CellLab.Core.Records;

namespace CellLab.Core.Triggers.Rules;

/// <summary>A figure that follows from a job's records while they come, such as the capacity fade. It is made anew from the stored records after a
/// restart, so it must follow from them alone.</summary>
public interface IDerivedQuantity
{
    /// <summary>Takes the next stored row of any stream of the job and returns the figure after it; null while it is not known.</summary>
    double? Next(RecordRow row);

    /// <summary>The same for rows of other instruments, in the order in which they became durable.</summary>
    double? Next(CompanionRow row);
}

/// <summary>The figures that triggers can wait for.</summary>
public interface IDerivedQuantities
{
    /// <exception cref="ArgumentException">There is no figure of that name (<see cref="DerivedNames.All"/>).</exception>
    IDerivedQuantity Create(string name, Jobs.Job job);
}

/// <summary>Names of derived quantities in protocols.</summary>
public static class DerivedNames
{
    /// <summary>Fall of the capacity of the non-leading half cycle against the first complete one, %.</summary>
    public const string CapacityFade = "capacity_fade_percent";

    /// <summary>Maxima of |dQ/dV| passed in the present half cycle.</summary>
    public const string DqDvPeaks = "dqdv_peaks";

    /// <summary>Signal of oxygen above its background, in standard deviations of that background.</summary>
    public const string OxygenSigma = "o2_sigma";

    /// <summary>1 from the moment in which the onset of oxygen is certain (above 3 of those standard deviations for 10 min and at least 30 samples), 0 before.</summary>
    public const string OxygenOnset = "o2_onset";

    public static IReadOnlyList<string> All { get; } = [CapacityFade, DqDvPeaks, OxygenSigma, OxygenOnset];
}
