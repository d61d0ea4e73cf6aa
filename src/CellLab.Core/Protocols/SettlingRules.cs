using CellLab.Core.Units;

namespace CellLab.Core.Protocols;

/// <summary>Warns of rests that are to end when the voltage hardly moves, where the tester runs its program alone: none of them judges that, so such a rest
/// lasts its whole time.</summary>
internal static class SettlingRules
{
    public static void Check(CompileContext context)
    {
        if (context.Options.Channel is { SteppedByService: true })
        {
            return;
        }

        string who = context.Options.Channel is null ? "a tester that runs its program alone" : "this channel";
        foreach (OpenCircuitStep rest in context.Protocol.Steps.OfType<OpenCircuitStep>().Where(rest => rest.UntilVoltsPerSecond is not null))
        {
            context.Warn(rest, $"{who} does not judge how slowly the voltage moves: the rest lasts its whole {QuantityText.Short(Math.Round(rest.DurationSeconds / 3600, 3))} h",
                "choose the time so that it is enough, or run it on a channel that the service steps");
        }
    }
}
