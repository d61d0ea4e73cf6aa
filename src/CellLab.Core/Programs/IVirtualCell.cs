namespace CellLab.Core.Programs;

/// <summary>A computed cell for rehearsals: it obeys a set-point exactly.</summary>
public interface IVirtualCell
{
    /// <summary>Holds the set-point for so long and gives voltage (V) and current (A, positive charges) at the end.</summary>
    (double Volts, double Amperes) Advance(SetPoint setPoint, double seconds);

    /// <summary>A copy in the same state, that goes its own way from here.</summary>
    IVirtualCell Fork();
}
