using CellLab.Core.Devices;
using CellLab.Core.Programs;
using CellLab.Core.Safety;
using CellLab.Core.Time;
using CellLab.Drivers.Neware;
using CellLab.TestKit.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace CellLab.Tests.Drivers.Neware;

/// <summary>A driver on a scripted BTS, with both clocks in the test's hand.</summary>
internal sealed class NewareBench : IAsyncDisposable
{
    public static readonly ChannelAddress One = new(new DeviceId("cycler1"), "21-1-1");
    public static readonly DateTime LocalStart = new(2026, 1, 1, 1, 0, 0, DateTimeKind.Unspecified); // Zurich: 2026-01-01T00:00:00Z

    private readonly string _folder = Directory.CreateTempSubdirectory("celllab-steps-").FullName;

    public NewareBench(Func<NewareOptions, NewareOptions>? change = null)
    {
        Wall = new ManualTimeProvider();
        var options = new NewareOptions
        {
            Address = new Uri("tcp://bts:502"),
            User = "admin",
            Password = "secret",
            StepFileFolder = _folder,
            StepFileFolderOnBts = @"Z:\steps",
            TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Zurich"),
        };
        var clocks = new Clocks(new LabClock(FixedLabTime.RealTime, Wall), Wall);
        Device = new NewareDevice(
            new DeviceId("cycler1"), change?.Invoke(options) ?? options, Bts.Connector, clocks, NullLogger<NewareDevice>.Instance, simulated: true);
    }

    public ManualTimeProvider Wall { get; }

    public FakeBts Bts { get; } = new();

    public FakeChannel Channel => Bts.Channels[1];

    public NewareDevice Device { get; }

    public IReadOnlyList<string> StepFiles => [.. Directory.GetFiles(_folder).Select(f => Path.GetFileName(f)!)];

    public static CellProgram Program { get; } = new(
        "one cycle",
        [
            new RestStep(1, "main", 10),
            new CurrentStep(2, "loop", 0.0003, 0.1, null, 4.8),
            new CurrentStep(3, "loop", -0.0003, -0.1, null, 2.0),
            new LoopStep(4, "loop", 2, 3),
        ],
        new RecordRule(10, null, null),
        new SafetyLimits(4.9, 1.8, null, null, null, 5),
        0.003);

    public Task<DeviceIdentity> ConnectAsync() => Device.ConnectAsync(CancellationToken.None);

    /// <summary>One turn on channel 1, after enough time that everything is due.</summary>
    public async Task<FollowedReading> TurnAsync(string? token, long testId = 7, bool limitNear = false, CellProgram? program = null)
    {
        Wall.Advance(TimeSpan.FromSeconds(10));
        BankReading reading = await Device.PollAsync(
            [new ChannelCursor(One, testId.ToString(System.Globalization.CultureInfo.InvariantCulture), token, program ?? Program, limitNear)], CancellationToken.None);
        return Assert.Single(reading.Followed);
    }

    /// <summary>A running test with the given id on channel 1.</summary>
    public void Run(long testId = 7)
    {
        Channel.State = "working";
        Channel.TestId = testId;
        Channel.Complete = false;
    }

    /// <summary>Lets wall time run in small steps until the task is done: waits of the driver pass at once. It runs on while a busy machine is still
    /// carrying a reply to the driver, so a time measured by it has no close upper bound.</summary>
    public async Task<T> PassTimeUntilAsync<T>(Task<T> task, double limitSeconds = 120)
    {
        DateTimeOffset end = Wall.GetUtcNow().AddSeconds(limitSeconds);
        while (!task.IsCompleted && Wall.GetUtcNow() < end)
        {
            Wall.Advance(TimeSpan.FromMilliseconds(50));
            await Task.WhenAny(task, Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System));
        }

        return await task.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        await Device.DisposeAsync();
        await Bts.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
