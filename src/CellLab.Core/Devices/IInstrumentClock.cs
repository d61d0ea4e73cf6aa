namespace CellLab.Core.Devices;

/// <summary>An instrument whose wire can tell the time of day. Nobody sets its clock: the offset is kept beside the data.</summary>
public interface IInstrumentClock
{
    /// <summary>Asks now; read-only, whatever the channels do. A reading without an offset says why there is none (NEWARE: nothing runs).</summary>
    /// <exception cref="DeviceFaultException">No answer, or one that makes no sense.</exception>
    Task<ClockReading> ReadClockAsync(CancellationToken cancellationToken);
}
