using CellLab.Core.Devices;
using CellLab.Core.Jobs;

namespace CellLab.Storage.Export;

/// <summary>What an export says beside the data and what the journal does not know.</summary>
/// <param name="Site">Name of the laboratory, as in the configuration.</param>
/// <param name="Commit">Commit of the sources, where it is known.</param>
public sealed record ExportContext(string Site, string SoftwareVersion, string? Commit, ExportClock Clock, IReadOnlyList<ExportDevice> Devices)
{
    /// <summary>The device that ran this segment; null when it is not configured any more.</summary>
    internal ExportDevice? DeviceOf(Segment? segment) => Devices.FirstOrDefault(device => device.Id == segment?.Channel.Device);

    /// <summary>Family of the instrument as it stands in file names: the driver's name, else the device's, else <c>none</c> for a job that
    /// never started.</summary>
    internal string InstrumentOf(Segment? segment) => DeviceOf(segment)?.Driver ?? segment?.Channel.Device.Value ?? "none";
}

/// <summary>State of the host's clock. What nobody measured is null.</summary>
/// <param name="LabSpeed">1 unless the bench is simulated.</param>
public sealed record ExportClock(double LabSpeed, bool? Synchronised, double? ErrorBoundSeconds);

/// <summary>A device as configured and as it said it is.</summary>
/// <param name="Driver">Name of its driver.</param>
public sealed record ExportDevice(DeviceId Id, string Driver, bool Simulated, DeviceIdentity? Identity);
