namespace CellLab.HardwareSim.Time;

/// <summary>Keeps the state folder's two clock files at the bench clock's line for as long as the bench runs; at the end lab time is left on hold.</summary>
internal sealed class ClockPublication : IDisposable
{
    private readonly string _folder;
    private readonly BenchClock _clock;
    private readonly ClockCell _cell;

    public ClockPublication(string folder, BenchClock clock)
    {
        _folder = folder;
        _clock = clock;
        _cell = new ClockCell(Path.Combine(folder, ClockFile.CellName));
        Publish(clock.Line);
        clock.Changed += Publish;
    }

    public void Dispose()
    {
        _clock.Changed -= Publish;
        Publish(_clock.Line with { LabEpoch = _clock.UtcNow, Hold = true });
        _cell.Dispose();
    }

    private void Publish(ClockLine line)
    {
        _cell.Write(line);
        ClockFile.Write(_folder, line);
    }
}
