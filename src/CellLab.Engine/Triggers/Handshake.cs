using CellLab.Core.Devices;
using CellLab.Core.Time;
using CellLab.Core.Triggers;
using CellLab.Core.Triggers.Patterns;

namespace CellLab.Engine.Triggers;

/// <summary>Levels as they are read: debounced, and with the moment at which each edge of busy was first seen.</summary>
internal sealed class Handshake(Clocks clocks)
{
    private LevelFilter _busy;
    private LevelFilter _ready;

    /// <summary>First reading that showed the last rise of busy after a pulse; null before one.</summary>
    public PatternInstant? Rose { get; private set; }

    /// <summary>First reading that showed busy off after one that showed it on: an edge that nobody saw has no time.</summary>
    public PatternInstant? Fell { get; private set; }

    public TimeSpan Wall => TimeSpan.FromSeconds((double)clocks.Wall.GetTimestamp() / clocks.Wall.TimestampFrequency);

    /// <summary>A new pulse: what was seen before it says nothing.</summary>
    public void Begin() => (Rose, Fell) = (null, null);

    public LevelsRead Read(TriggerReading reading)
    {
        if (reading.Busy != _busy.Seen)
        {
            PatternInstant now = PatternDesk.Stamp(clocks, reading.ReadAtUtc);
            (Rose, Fell) = reading.Busy == true ? (now, Fell) : (Rose, _busy.Seen == true ? now : Fell);
        }

        (_busy, _ready) = (_busy.Next(reading.Busy), _ready.Next(reading.Ready));
        return new LevelsRead(_ready.Level, _busy.Level, reading.Fault is not null, reading.ReadAtUtc, Wall);
    }
}
