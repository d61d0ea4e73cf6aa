namespace CellLab.HardwareSim.Time;

/// <summary>Keeps the state folder's two clock files at the bench clock's line for as long as the bench runs; at the end lab time is left on hold.</summary>
internal sealed class ClockPublication : IDisposable
{
    private readonly string _folder;
    private readonly BenchClock _clock;
    private readonly ClockCell _cell;
    private (double Speed, bool Hold)? _written;

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
        Publish(_clock.Line with { LabEpoch = _clock.UtcNow, Hold = true, LabUntil = null });
        _cell.Dispose();
    }

    /// <summary>A leash moves hundreds of times a second: the file for people follows what a person would call a change.</summary>
    private void Publish(ClockLine line)
    {
        _cell.Write(line);
        if (_written != (line.Speed, line.Hold))
        {
            ClockFile.Write(_folder, line);
            _written = (line.Speed, line.Hold);
        }
    }
}
