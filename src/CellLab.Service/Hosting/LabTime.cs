using CellLab.Core.Time;
using CellLab.Service.Clock;

namespace CellLab.Service.Hosting;

/// <summary>The clocks of this process: real time, or the lab time that a simulated bench publishes.</summary>
internal sealed class LabTime : IDisposable
{
    private readonly ClockFileSource? source;

    private LabTime(Clocks clocks, ClockFileSource? source) => (Clocks, this.source) = (clocks, source);

    public Clocks Clocks { get; }

    /// <exception cref="StartRefusedException">There is no clock in that file.</exception>
    public static LabTime Open(string? clockFile)
    {
        if (clockFile is null)
        {
            return new LabTime(Clocks.RealTime, null);
        }

        try
        {
            var source = new ClockFileSource(clockFile);
            return new LabTime(new Clocks(new LabClock(source, TimeProvider.System), TimeProvider.System), source);
        }
        catch (ClockFileException error)
        {
            throw new StartRefusedException(error.Message, error);
        }
    }

    public void Dispose() => source?.Dispose();
}
