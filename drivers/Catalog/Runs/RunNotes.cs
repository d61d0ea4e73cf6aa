namespace CellLab.Drivers.Catalog.Runs;

/// <summary>What is to be told about a run beside its records. Whoever uses it takes turns.</summary>
internal sealed class RunNotes
{
    private readonly List<string> _notes = [];
    private int _overloaded;
    private int _notNumbers;

    public IReadOnlyList<string> All => _notes;

    public void Add(string note) => _notes.Add(note);

    /// <summary>Counts what the instrument complains of; the first time is told at once.</summary>
    public void Watch(bool overload, bool isNumber)
    {
        if (overload && _overloaded++ == 0)
        {
            Add("the instrument marks readings as overloaded; they are kept");
        }

        if (!isNumber && _notNumbers++ == 0)
        {
            Add("some readings are not numbers");
        }
    }

    /// <summary>Last words when the run is over.</summary>
    public void Conclude()
    {
        if (_overloaded > 1)
        {
            Add($"{_overloaded} readings were marked as overloaded");
        }

        if (_notNumbers > 1)
        {
            Add($"{_notNumbers} readings were not numbers");
        }
    }
}
