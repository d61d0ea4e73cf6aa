using CellLab.Core.Devices;
using CellLab.Drivers.SrsRga.Session;

namespace CellLab.Drivers.SrsRga.Measuring;

/// <summary>Writes the parameters of a plan into the head and asks each one back, so that the length of a scan is known before it begins.</summary>
internal sealed class RgaPreparation(SrsRgaOptions options)
{
    public async Task<RgaRun> PrepareAsync(RgaConversation head, IonPlan plan, DateTimeOffset now, CancellationToken cancellationToken)
    {
        bool singleMass = plan.Kind != IonPlanKind.Analog;
        int noiseFloor = plan.DwellSeconds is { } dwell ? SrsRgaProtocol.NoiseFloorFor(dwell, singleMass) : options.NoiseFloor;
        double emission = await head.AskNumberAsync("FL", cancellationToken);
        if (emission <= SrsRgaProtocol.EmissionTolerance)
        {
            throw head.Rejected("the filament is off; switch the source on before a plan is started");
        }

        await head.StoreAsync("NF", noiseFloor, cancellationToken);
        double volts = await head.AskNumberAsync("HV", cancellationToken);
        if (options.TotalPressure && volts == 0)
        {
            await head.TellAsync("TP", "1", cancellationToken);
        }

        int points = plan.Kind == IonPlanKind.Masses ? plan.Masses.Count : await SetSweepAsync(head, plan, cancellationToken);
        return new RgaRun(plan, noiseFloor, volts, points, now);
    }

    private static async Task<int> SetSweepAsync(RgaConversation head, IonPlan plan, CancellationToken cancellationToken)
    {
        // A first mass above the last one is refused at any moment: the order depends on the direction.
        int last = (int)await head.AskNumberAsync("MF", cancellationToken);
        string[] order = plan.First > last ? ["MF", "MI"] : ["MI", "MF"];
        foreach (string command in order)
        {
            await head.StoreAsync(command, command == "MI" ? plan.First : plan.Last, cancellationToken);
        }

        bool analog = plan.Kind == IonPlanKind.Analog;
        if (analog)
        {
            await head.StoreAsync("SA", plan.StepsPerMass, cancellationToken);
        }

        int expected = ((plan.Last - plan.First) * (analog ? plan.StepsPerMass : 1)) + 1;
        int points = (int)await head.AskNumberAsync(analog ? "AP" : "HP", cancellationToken);
        return points == expected
            ? points
            : throw head.Rejected($"the head would send {points} points for a sweep of {expected}; it is not started");
    }
}
