using CellLab.HardwareSim.Control;
using CellLab.HardwareSim.Time;
using Microsoft.Extensions.Logging;

namespace CellLab.HardwareSim.Bench;

/// <summary>Runs a simulated bench: instruments on their wires, the lab clock in the state folder, faults on a control socket.</summary>
public static class BenchHost
{
    private static readonly TimeSpan AdvanceInterval = TimeSpan.FromMilliseconds(10);

    /// <summary>Returns when cancelled and everything is closed.</summary>
    /// <exception cref="BenchFileException">The bench file is wrong.</exception>
    /// <exception cref="IOException">An address is taken, or the state folder cannot be used.</exception>
    public static async Task RunAsync(BenchRunOptions options, TimeProvider wall, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        ILogger logger = loggers.CreateLogger("CellLab.HardwareSim.Bench");
        BenchFile file = BenchFile.Load(options.BenchFile);
        string folder = Path.GetFullPath(options.StateDirectory);
        bool isNew = !Directory.Exists(folder);
        Directory.CreateDirectory(folder);
        await RefuseSecondBenchAsync(folder, cancellationToken);
        var clock = new BenchClock(wall, options.Speed, StartOfLabTime(folder, wall));
        var bench = new BenchContext(file, folder, clock, wall, new FaultBoard(), loggers);
        List<IBenchInstrument> instruments = await BuildAsync(bench, folder, isNew);
        try
        {
            using var publication = new ClockPublication(folder, clock);
            await using var control = new BenchControlServer(bench, instruments);
            if (options.ConfigOut is string configuration)
            {
                ConfigurationWriter.Write(configuration, file.Document, options, instruments);
            }

            Log.Ready(logger, clock.UtcNow, options.Speed, folder);
            options.Ready?.Invoke();
            await ServeAsync(instruments, control, wall, cancellationToken);
        }
        finally
        {
            foreach (IBenchInstrument instrument in instruments)
            {
                await instrument.DisposeAsync();
            }
        }
    }

    /// <summary>A refused bench leaves no state folder behind that was not there before.</summary>
    private static async Task<List<IBenchInstrument>> BuildAsync(BenchContext bench, string folder, bool isNew)
    {
        try
        {
            return await BenchBuilder.BuildAsync(bench);
        }
        catch when (isNew)
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    /// <summary>Two benches in one folder would publish two clocks.</summary>
    private static async Task RefuseSecondBenchAsync(string folder, CancellationToken cancellationToken)
    {
        bool answers;
        try
        {
            await new BenchControlClient(folder).ListAsync(cancellationToken);
            answers = true;
        }
        catch (BenchControlException)
        {
            answers = false;
        }

        if (answers)
        {
            throw new IOException($"a bench runs in {folder} already; end it, or choose another --state folder");
        }
    }

    /// <summary>The first task to fail ends the others.</summary>
    private static async Task ServeAsync(
        List<IBenchInstrument> instruments, BenchControlServer control, TimeProvider wall, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        List<Task> tasks = [control.RunAsync(stop.Token), AdvanceAsync(instruments, wall, stop.Token)];
        tasks.AddRange(instruments.Select(i => i.RunAsync(stop.Token)));
        Task first = await Task.WhenAny(tasks);
        await stop.CancelAsync();
        await Task.WhenAll(tasks);
        await first;
    }

    private static async Task AdvanceAsync(List<IBenchInstrument> instruments, TimeProvider wall, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(AdvanceInterval, wall);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                instruments.ForEach(i => i.Advance());
            }
        }
        catch (OperationCanceledException)
        {
            // the bench is asked to end
        }
    }

    /// <summary>Lab time never goes back for those who follow a bench that is started again in its folder.</summary>
    private static DateTimeOffset StartOfLabTime(string folder, TimeProvider wall)
    {
        DateTimeOffset now = wall.GetUtcNow();
        return ClockFile.HeldAt(folder) is DateTimeOffset held && held > now ? held : now;
    }
}
