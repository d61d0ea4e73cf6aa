namespace CellLab.Cli.Demo;

/// <summary>Bench, service and analysis, started in this order and ended in the opposite one.</summary>
internal sealed class DemoProcesses(DemoFolder folder, string bench, DemoOptions options, CliEnvironment environment) : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);
    private readonly List<DemoProcess> running = [];

    /// <summary>Set when the demo has come to its end and its processes are to go on.</summary>
    public bool LeaveRunning { get; set; }

    public IEnumerable<int> Ids => running.Select(process => process.Id);

    public async Task StartBenchAsync(CancellationToken cancellationToken)
    {
        Start(
            "bench", "sim", "--bench", bench, "--speed", Number(options.Speed), "--state", folder.BenchState,
            "--config-out", folder.Configuration, "--http-port", Number(options.Port), "--mqtt-port", Number(options.Port + 1));
        await WaitAsync("the bench to listen", _ => Task.FromResult(File.Exists(folder.Configuration)), cancellationToken);
    }

    public async Task StartServiceAsync(Func<CancellationToken, Task<bool>> ready, CancellationToken cancellationToken)
    {
        Start("service", "serve", "--role", "acquisition,dashboard", "--config", folder.Configuration, "--clock", folder.Clock);
        await WaitAsync("the service to be ready", ready, cancellationToken);
    }

    public void StartAnalysis() =>
        Start("analysis", "serve", "--role", "analysis", "--config", folder.Configuration, "--clock", folder.Clock);

    /// <exception cref="CliException">One has ended; the message says which and how.</exception>
    public void RequireAlive() => running.ForEach(process => process.RequireAlive());

    /// <summary>Looks until the condition holds; a process that ends meanwhile ends the waiting.</summary>
    public async Task WaitAsync(string what, Func<CancellationToken, Task<bool>> condition, CancellationToken cancellationToken)
    {
        long started = environment.Wall.GetTimestamp();
        while (!await condition(cancellationToken))
        {
            RequireAlive();
            if (environment.Wall.GetElapsedTime(started) > StartLimit)
            {
                throw CliException.Failed($"waited {StartLimit.TotalSeconds:0} s for {what}; the logs lie in {folder.Path}");
            }

            await Task.Delay(LookAgain, environment.Wall, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (DemoProcess process in Enumerable.Reverse(running))
        {
            if (options.Keep && !LeaveRunning)
            {
                process.Kill(); // without a pipe there is no gentler way
            }
            else if (!options.Keep)
            {
                await process.EndAsync(EndPatience, environment.Wall);
            }

            process.Dispose();
        }
    }

    private void Start(string name, params string[] arguments) =>
        running.Add(DemoProcess.Start(name, folder.LogOf(name), options.Keep, arguments));

    private static string Number(double value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
