namespace CellLab.HardwareSim.Cells;

/// <summary>The holder in which a cell sits, with the wires of one or several instruments. Lab time passes for the cell once, whoever drives it; a
/// moment with two outputs on is written down. <see cref="Gate"/> covers all members.</summary>
internal sealed class CellPlace(string name, SimulatedCell cell)
{
    private readonly List<string> _sources = [];
    private readonly List<TwoSources> _conflicts = [];

    public Lock Gate { get; } = new();

    public string Name { get; } = name;

    public SimulatedCell Cell { get; } = cell;

    /// <summary>Lab seconds up to which the cell has been advanced.</summary>
    public double AdvancedTo { get; set; }

    /// <summary>Every moment at which a second output was switched on.</summary>
    public IReadOnlyList<TwoSources> Conflicts => _conflicts;

    public void SwitchedOn(string instrument, double seconds)
    {
        if (_sources.Contains(instrument))
        {
            return;
        }

        if (_sources.Count > 0)
        {
            _conflicts.Add(new TwoSources(seconds, _sources[0], instrument));
        }

        RestTo(seconds);
        _sources.Add(instrument);
    }

    public void SwitchedOff(string instrument) => _sources.Remove(instrument);

    /// <summary>Open circuit up to this time, unless an output is on: then its instrument advances the cell.</summary>
    public void RestTo(double seconds)
    {
        if (_sources.Count == 0 && seconds > AdvancedTo)
        {
            Cell.Rest(seconds - AdvancedTo);
            AdvancedTo = seconds;
        }
    }

    /// <summary>For those who only watch; takes the gate itself.</summary>
    public CellView View(double seconds)
    {
        lock (Gate)
        {
            RestTo(seconds);
            return new CellView(AdvancedTo, Cell.State, Cell.Parameters, Cell.Parallel);
        }
    }
}

/// <summary>At this lab time <paramref name="Second"/> was switched on while <paramref name="First"/> was on.</summary>
internal sealed record TwoSources(double Seconds, string First, string Second);
