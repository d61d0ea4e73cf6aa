namespace CellLab.Engine.Desk;

/// <summary>A command that was understood and refused. <paramref name="field"/> names the request's member at fault (JSON name), or null.</summary>
public sealed class DeskRefusedException(string message, string? field = null) : Exception(message)
{
    public string? Field { get; } = field;
}
