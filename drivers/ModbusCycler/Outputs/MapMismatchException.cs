namespace CellLab.Drivers.ModbusCycler.Outputs;

/// <summary>The device did not do what was written, or its answer makes no sense for this map.</summary>
internal sealed class MapMismatchException(string message, bool refused) : Exception(message)
{
    /// <summary>It was asked for something and did not take it; else its answer is at fault.</summary>
    public bool Refused { get; } = refused;
}
