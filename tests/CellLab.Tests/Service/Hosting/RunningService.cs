using System.Text.RegularExpressions;
using CellLab.Service.Hosting;

namespace CellLab.Tests.Service.Hosting;

/// <summary>A service that runs inside the test, with what it says.</summary>
internal sealed partial class RunningService : IDisposable
{
    private readonly CancellationTokenSource ending = new();
    private readonly StringWriter output = new();
    private readonly StringWriter errors = new();
    private readonly Task<int> running;

    public RunningService(string configFile, ServiceRoles roles, TextReader? parent = null, string? clockFile = null)
    {
        var options = new ServeOptions
        {
            ConfigFile = configFile,
            ClockFile = clockFile,
            Roles = roles,
            ParentPipe = parent is not null,
            Input = parent ?? TextReader.Null,
            Output = TextWriter.Synchronized(output),
            Error = TextWriter.Synchronized(errors),
        };
        running = Task.Run(() => ServiceHost.RunAsync(options, ending.Token));
    }

    public string Output => Read(output);

    public string Errors => Read(errors);

    public Task<int> CodeAsync(TimeSpan patience) => running.WaitAsync(patience, TimeProvider.System);

    public async Task<int> EndAsync(TimeSpan patience)
    {
        await ending.CancelAsync();
        return await CodeAsync(patience);
    }

    /// <summary>Where it listens, once it says so.</summary>
    public async Task<Uri> AddressAsync(TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience, TimeProvider.System);
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        while (true)
        {
            if (Listening().Match(Output) is { Success: true } match)
            {
                return new Uri(match.Groups[1].Value);
            }

            Assert.False(running.IsCompleted, $"the service has ended: {Errors}");
            await look.WaitForNextTickAsync(limit.Token);
        }
    }

    public void Dispose()
    {
        ending.Cancel();
        try
        {
            running.Wait(TimeSpan.FromSeconds(30));
        }
        finally
        {
            ending.Dispose();
        }
    }

    private static string Read(StringWriter writer)
    {
        try
        {
            return writer.ToString();
        }
        catch (ArgumentOutOfRangeException)
        {
            return ""; // it was being written; the next look shows it
        }
    }

    [GeneratedRegex(@"listening on\s+(https?://\S+)")]
    private static partial Regex Listening();
}

/// <summary>A standard input that stays open until it is closed.</summary>
internal sealed class PipeReaderEnd : TextReader
{
    private readonly ManualResetEventSlim closed = new();

    public override int Read()
    {
        closed.Wait();
        return -1;
    }

    public override void Close() => closed.Set();
}
