using CellLab.CellModel;

namespace CellLab.HardwareSim.Cells;

/// <summary>A copy of a cell's state for instruments that only watch it.</summary>
/// <param name="Seconds">Lab seconds since the bench began that the state belongs to; at most one stride of its tester old.</param>
/// <param name="Parallel">Equal cells side by side.</param>
internal readonly record struct CellView(double Seconds, CellState State, CellParameters Parameters, int Parallel)
{
    public double ActiveMilligrams => Parameters.ActiveMassMilligrams * Parallel;
}
