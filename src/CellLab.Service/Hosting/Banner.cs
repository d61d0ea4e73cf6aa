using CellLab.Engine.Hosted;

namespace CellLab.Service.Hosting;

/// <summary>What a person sees at start and end.</summary>
internal static class Banner
{
    public static void Started(ProcessContext context, NodeInfo node, string address)
    {
        TextWriter output = context.Options.Output;
        output.WriteLine($"CellLab {NodeInfo.Version}  node {node.Site}/{node.Node}, start {node.StartNumber}, roles {string.Join(", ", node.Roles.Names())}");
        output.WriteLine($"  listening on  {address}  (REST /api/v1, description /openapi/v1.json, health /health/ready, metrics /metrics)");
        output.WriteLine($"  MQTT          {context.Configuration.Mqtt.Host}:{context.Configuration.Mqtt.Port}  topics celllab/v1/{node.Site}/#");
        output.WriteLine($"  data          {context.Configuration.DataFolder}");
        if (Math.Abs(context.Clocks.Lab.Speed - 1) > 1e-9)
        {
            output.WriteLine(FormattableString.Invariant($"  lab time runs {context.Clocks.Lab.Speed} times as fast as real time (simulated devices only)"));
        }

        output.Flush();
    }

    /// <summary>What a person is told who interrupts a service that steps cells; null when it steps none.</summary>
    public static string? InterruptRefusal(IReadOnlyList<string> steppedCells) => steppedCells.Count == 0
        ? null
        : $"Not ended: the service itself steps {string.Join(", ", steppedCells)}; nobody else does. Interrupt once more within 30 s to open "
            + "the circuit and pause the job (celllab job resume goes on later), or pause it first (celllab job pause ID).";

    /// <summary>Ending the service does not end what instruments run by themselves; what it stepped itself is open now. This says so.</summary>
    public static void Stopping(ProcessContext context, IReadOnlyList<string> runningCells, IReadOnlyList<ParkedCell> parked)
    {
        TextWriter output = context.Options.Output;
        output.WriteLine(parked.Count == 0 ? "CellLab ends. No cell is stopped by that." : "CellLab ends. The cells that it stepped itself:");
        foreach (ParkedCell cell in parked)
        {
            output.WriteLine($"  {cell.Text}");
        }

        foreach (string cell in runningCells)
        {
            output.WriteLine($"  goes on in the instrument: {cell}");
        }

        if (runningCells.Count > 0)
        {
            output.WriteLine("  Start the service again to go on recording; the instruments keep the data until then. To stop a cell: celllab job stop ID --reason TEXT");
        }

        output.Flush();
    }
}
