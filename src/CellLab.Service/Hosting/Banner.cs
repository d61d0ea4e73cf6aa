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

    /// <summary>Ending the service does not end what instruments run by themselves; this says so.</summary>
    public static void Stopping(ProcessContext context, IReadOnlyList<string> runningCells)
    {
        TextWriter output = context.Options.Output;
        output.WriteLine("CellLab ends. No cell is stopped by that.");
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
