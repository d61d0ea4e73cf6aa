using CellLab.AutolabBridge;
using CellLab.AutolabBridge.Wire;

// Exit codes: 0 asked to end, 1 the port is taken, 2 wrong usage, 3 a call of the SDK did not come back (the cell may be on: look at the instrument).
BridgeOptions options;
try
{
    options = BridgeOptions.Parse(args);
}
catch (BadRequestException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    return 2;
}

using var core = new BridgeCore(options, Environment.Exit);
BridgeHost host;
try
{
    host = new BridgeHost(core, options);
}
catch (IOException taken)
{
    Console.Error.WriteLine(taken.Message);
    return 1;
}

using (host)
{
    Console.Out.WriteLine(JsonText.Of(json =>
    {
        json.WriteString("ev", "listening");
        json.WriteNumber("port", host.Port);
    }));
    Console.Out.Flush();
    if (options.UntilInputEnds)
    {
        var watch = new Thread(() =>
        {
            while (Console.In.ReadLine() is not null)
            {
                // only the end counts
            }

            core.ShutDown();
        })
        { IsBackground = true };
        watch.Start();
    }

    host.Run();
}

return 0;
