using CellLab.Core.Programs;

namespace CellLab.Core.Protocols.Language;

/// <summary>The exits of a repeat as the program has them: at most one of each kind.</summary>
internal static class ExitsReader
{
    /// <summary>Null without exits.</summary>
    public static LoopExits? Of(IReadOnlyList<RepeatExit> exits, LanguageContext context)
    {
        var seen = new HashSet<(string, bool)>();
        LoopExits? all = null;
        foreach (RepeatExit exit in exits)
        {
            if (!seen.Add((exit.Quantity, exit.Above)))
            {
                context.Error(exit.At, $"until: '{exit.Text}' is a second exit of the same kind", "keep the one that is met first");
            }

            all = (exit.Quantity, exit.Above) switch
            {
                ("capacity", _) => (all ?? new LoopExits()) with { CapacityFraction = exit.Value, OfCycle = exit.OfCycle ?? 1 },
                (_, true) => (all ?? new LoopExits()) with { VoltageAboveVolts = exit.Value },
                _ => (all ?? new LoopExits()) with { VoltageBelowVolts = exit.Value },
            };
        }

        return all;
    }
}
