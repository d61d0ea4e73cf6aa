namespace CellLab.Engine.Supervision;

/// <summary>A bank whose turns must not wait on lab time, since lab time may wait for its turns.</summary>
internal interface IWallPaced
{
    /// <summary>Wall time until the next turn makes sense; zero or less: at once.</summary>
    TimeSpan UntilNextTurn { get; }
}
