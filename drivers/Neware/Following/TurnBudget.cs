namespace CellLab.Drivers.Neware.Following;

/// <summary>How many downloads a turn may still make.</summary>
internal sealed class TurnBudget(int downloads)
{
    private int _left = downloads;

    public bool IsSpent => _left == 0;

    public bool TryTake() => _left > 0 && _left-- > 0;
}
