using CellLab.Core.Jobs;
using CellLab.Core.Triggers.Rules;

namespace CellLab.Service.Triggers;

/// <summary>The quantities that triggers can wait for, by the code of the analyses.</summary>
internal sealed class DerivedQuantities : IDerivedQuantities
{
    public IDerivedQuantity Create(string name, Job job) => name switch
    {
        DerivedNames.CapacityFade => new CapacityFade(job),
        DerivedNames.DqDvPeaks => new PeaksPassed(),
        DerivedNames.OxygenSigma => new OxygenSigma(),
        DerivedNames.OxygenOnset => new OxygenOnset(),
        _ => throw new ArgumentException($"there is no quantity '{name}'; expected {string.Join(", ", DerivedNames.All)}", nameof(name)),
    };
}
