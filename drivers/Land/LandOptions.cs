using CellLab.Core.Devices;

namespace CellLab.Drivers.Land;

/// <summary>Where the data files of a LAND tester appear and how they are read.</summary>
public sealed class LandOptions
{
    /// <summary>The folder, or share, that the vendor's monitor program writes to.</summary>
    public required string Folder { get; init; }

    /// <summary>Names of channels as they stand in the file names.</summary>
    public required IReadOnlyList<string> Channels { get; init; }

    /// <summary>Path below the folder, with <c>{channel}</c> in it and <c>*</c> for anything.</summary>
    public string FilePattern { get; init; } = "{channel}_*.ccs";

    /// <summary>Lab time between two looks at the folder.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Lab time after which a file that no longer grows belongs to a test that is over. The format has no mark for the end.</summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The test began when its file was first seen here; else when the file was created.</summary>
    public bool StartsWhenSeen { get; init; }

    /// <summary>What the tester calls the first step of a program.</summary>
    public int FirstStepNumber { get; init; } = 1;

    /// <summary>What stands on the channels' plate.</summary>
    public ChannelCapability Plate { get; init; } = ChannelCapability.Unknown;
}
