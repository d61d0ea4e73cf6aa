namespace CellLab.Core.Devices;

/// <summary>An instrument's clock against ours.</summary>
/// <param name="Offset">Instrument less lab time: positive when the instrument is ahead.</param>
/// <param name="Uncertainty">Half the round trip and what the clock is rounded to.</param>
/// <param name="MeasuredAtUtc">Lab time, the middle of the round trip.</param>
public sealed record ClockOffset(TimeSpan Offset, TimeSpan Uncertainty, DateTimeOffset MeasuredAtUtc)
{
    /// <param name="toldUtc">What the instrument said between the two lab times.</param>
    /// <param name="rounding">How far what was told may be from the clock itself.</param>
    public static ClockOffset Of(DateTimeOffset toldUtc, DateTimeOffset sentAtUtc, DateTimeOffset receivedAtUtc, TimeSpan rounding)
    {
        TimeSpan half = (receivedAtUtc - sentAtUtc) / 2;
        DateTimeOffset middle = sentAtUtc + half;
        return new ClockOffset(toldUtc - middle, half + rounding, middle);
    }
}
