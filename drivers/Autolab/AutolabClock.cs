using CellLab.Core.Devices;
using CellLab.Core.Time;
using CellLab.Drivers.Autolab.Wire;

namespace CellLab.Drivers.Autolab;

/// <summary>The clock of the instrument PC, which the bridge tells with its status. The instrument itself has none.</summary>
internal sealed class AutolabClock(Clocks clocks, Func<CancellationToken, Task<StatusAnswer>> askAsync)
{
    /// <summary>The clock of a Windows PC moves on in steps of up to 15.6 ms.</summary>
    private static readonly TimeSpan s_rounding = TimeSpan.FromMilliseconds(16);

    public async Task<ClockReading> ReadAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset sent = clocks.Lab.GetUtcNow();
        StatusAnswer answer = await askAsync(cancellationToken);
        DateTimeOffset received = clocks.Lab.GetUtcNow();
        return answer switch
        {
            { ClockUtc: { } told } => new ClockReading("the clock of the bridge's PC", ClockOffset.Of(told, sent, received, s_rounding)),
            { Run: not null } => new ClockReading("the clock of the bridge's PC is not told while a run is under way"),
            _ => new ClockReading("this bridge does not tell its PC's clock; install the one that belongs to this version"),
        };
    }
}
