namespace CellLab.Core.Triggers;

/// <summary>A contact counts as changed when two polls in a row agree.</summary>
public readonly record struct LevelFilter(bool? Level, bool? Seen)
{
    public LevelFilter Next(bool? polled) => new(polled == Seen || Level is null ? polled : Level, polled);
}
