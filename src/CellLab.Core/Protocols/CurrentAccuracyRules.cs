using CellLab.Core.Programs;
using CellLab.Core.Units;

namespace CellLab.Core.Protocols;

/// <summary>Warns where the current range makes a step's current or the coulombic efficiency doubtful, or a current is out of all proportion to the
/// cell (mA for uA).</summary>
internal static class CurrentAccuracyRules
{
    /// <summary>Nobody cycles faster: the unit is wrong.</summary>
    private const double MaxPlausibleRateC = 100;

    public static void Check(CompileContext context, IReadOnlyList<ProgramStep> steps)
    {
        if (context.Options.WithoutFigures)
        {
            return;
        }

        Dictionary<int, ProtocolStep> sources = CurrentRules.Sources(context.Protocol.Steps);
        foreach (CurrentStep step in steps.OfType<CurrentStep>())
        {
            CheckSize(context, sources[step.Number], step);
            if (context.Options.Accuracy.Of(step.CurrentAmperes) is { IsDoubtful: true } figures)
            {
                context.Warn(sources[step.Number],
                    $"{QuantityText.Milliamperes(step.CurrentAmperes)} on the range {QuantityText.Milliamperes(figures.RangeA)} has an error of "
                    + $"{Percent(figures.CurrentErrorPercent)}, the coulombic efficiency of {Percent(figures.CeErrorPercent)}",
                    "use a channel with a smaller range, or a cell with more active mass");
            }
        }
    }

    private static void CheckSize(CompileContext context, ProtocolStep source, CurrentStep step)
    {
        if (context.OneCAmperes is { } oneC && oneC > 0 && Math.Abs(step.CurrentAmperes) / oneC is > MaxPlausibleRateC and var rate)
        {
            context.Warn(source, $"the current {QuantityText.Milliamperes(step.CurrentAmperes)} is {QuantityText.Short(rate)}C on this cell",
                "check the unit (mA, uA, mA/g) and the sample's mass and capacity");
        }
    }

    private static string Percent(double value) => $"{QuantityText.Short(Math.Round(value, 2))} %";
}
