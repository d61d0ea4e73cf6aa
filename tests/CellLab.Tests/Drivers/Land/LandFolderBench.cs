using CellLab.Core.Devices;
using CellLab.Core.Programs;
using CellLab.Core.Records;
using CellLab.Core.Safety;
using CellLab.Core.Time;
using CellLab.Drivers.Land;
using CellLab.TestKit.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace CellLab.Tests.Drivers.Land;

/// <summary>A folder of data files, a driver that follows them, and a clock that stands still.</summary>
internal sealed class LandFolderBench : IDisposable
{
    public static readonly ChannelAddress Channel = new(new DeviceId("land1"), "1-1");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("celllab-land-");
    private string? _token;

    public ManualTimeProvider Wall { get; } = new();

    public LandDevice Device { get; private set; } = null!;

    public List<InstrumentRecord> Records { get; } = [];

    public List<StepTime> StepTimes { get; } = [];

    public List<string> Notes { get; } = [];

    public string Folder => _folder.FullName;

    /// <summary>Charge, then rest for a minute.</summary>
    public static CellProgram Program { get; } = new(
        "charge", [new CurrentStep(1, "main", 1e-3, null, null, 4.8), new RestStep(2, "main", 60)], new RecordRule(10, null, null),
        new SafetyLimits(4.9, 1.8, 1e-2, -1e-2, null, 5), 5e-4);

    private double Speed { get; init; } = 1;

    public static async Task<LandFolderBench> StartAsync(double speed = 1)
    {
        var bench = new LandFolderBench { Speed = speed };
        await bench.RestartAsync();
        return bench;
    }

    /// <summary>A new driver that knows nothing but the token.</summary>
    public async Task RestartAsync()
    {
        var options = new LandOptions { Folder = Folder, Channels = ["1-1", "1-2"], Quiet = TimeSpan.FromSeconds(120), StartsWhenSeen = true };
        Device = new LandDevice(
            Channel.Device, options, Clocks(), NullLogger<LandDevice>.Instance, simulated: true);
        await Device.ConnectAsync(default);
    }

    private Clocks Clocks() =>
        new(new LabClock(new FixedLabTime(new LabTimeSetting(Wall.GetUtcNow(), Wall.GetUtcNow(), Speed, false)), Wall), Wall);

    public void Write(string name, byte[] bytes) => File.WriteAllBytes(Path.Combine(Folder, name), bytes);

    public async Task<FollowedReading> TurnAsync(string test = "1-1_a.ccs")
    {
        FollowedReading reading;
        do
        {
            reading = Assert.Single((await Device.PollAsync([new ChannelCursor(Channel, test, _token, Program)], default)).Followed);
            _token = reading.ResumeToken;
            Records.AddRange(reading.Records);
            StepTimes.AddRange(reading.StepTimes);
            Notes.AddRange(reading.Notes);
        }
        while (reading.More);
        return reading;
    }

    public Task<ChannelStatus> StatusAsync() => Device.InspectAsync(Channel, default);

    public void Dispose() => _folder.Delete(recursive: true);
}
