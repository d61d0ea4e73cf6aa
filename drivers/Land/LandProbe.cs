using CellLab.Core.Devices;
using CellLab.Drivers.Catalog;
using CellLab.Drivers.Land.Following;

namespace CellLab.Drivers.Land;

/// <summary>What the data files tell about the tester.</summary>
internal static class LandProbe
{
    /// <summary>By the newest file whose header is understood.</summary>
    public static DeviceIdentity Identify(IReadOnlyDictionary<string, IReadOnlyList<LandTest>> tests)
    {
        LandHead? newest = tests.Values.SelectMany(found => found).SelectMany(test => test.Files).Where(file => file.Head?.Start is not null)
            .MaxBy(file => file.File.CreatedUtc)?.Head;
        string? software = newest?.Header.Software;
        return new DeviceIdentity("LAND tester", newest?.Header.Serial, software is null ? null : $"monitor program {software}");
    }

    private static ClockReading Clock(LandOptions options) => new(
        $"the tester's clock cannot be told from its data files: absolute times count from when a file was {(options.StartsWhenSeen ? "seen here" : "created")}");

    public static ProbeReport Report(
        IReadOnlyDictionary<string, IReadOnlyList<LandTest>> tests, IReadOnlyList<ChannelStatus> channels, LandOptions options)
    {
        var findings = new List<string>
        {
            "no wire protocol of this tester is public: it is watched through its data files, a person starts and stops its tests",
            ReadingNoise.NotTold("the present voltage is no more than the newest record of a file"),
        };
        findings.AddRange(options.Channels.Where(channel => !tests.ContainsKey(channel))
            .Select(channel => $"{channel}: no file fits {options.FilePattern.Replace("{channel}", channel, StringComparison.Ordinal)} in {options.Folder}; right if nothing has been run on it yet"));
        findings.AddRange(tests.SelectMany(found => found.Value).SelectMany(test => test.Files).Where(file => file.Problem is not null)
            .Select(file => $"{file.File.Name} cannot be read: {file.Problem}"));
        return new ProbeReport(Identify(tests), channels, Clock(options), findings);
    }
}
