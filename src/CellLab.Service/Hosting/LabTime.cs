using CellLab.Core.Time;

namespace CellLab.Service.Hosting;

/// <summary>The clocks of this process: real time, or the lab time that a simulated bench publishes.</summary>
internal sealed class LabTime : IDisposable
{
    private readonly IDisposable? source;

    private LabTime(Clocks clocks, IDisposable? source) => (Clocks, this.source) = (clocks, source);

    public Clocks Clocks { get; }

    /// <exception cref="StartRefusedException">There is no clock in that file.</exception>
    public static LabTime Open(string? clockFile) => clockFile is null
        ? new LabTime(Clocks.RealTime, null)
        : throw new StartRefusedException($"{clockFile}: --clock needs a clock that a bench publishes. Start 'celllab sim' first.");

    public void Dispose() => source?.Dispose();
}
