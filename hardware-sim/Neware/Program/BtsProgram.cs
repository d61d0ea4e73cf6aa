namespace CellLab.HardwareSim.Neware.Program;

/// <summary>A step file as the tester holds it.</summary>
/// <param name="Notes">What was read in another way than it stands there.</param>
internal sealed record BtsProgram(IReadOnlyList<BtsStep> Steps, int StartStep, IReadOnlyList<string> Notes)
{
    /// <summary>By its number in the file, from 1.</summary>
    public BtsStep this[int id] => Steps[id - 1];
}

/// <summary>The step file cannot be run; the message names file and step.</summary>
internal sealed class BtsProgramException(string message, Exception? inner = null) : Exception(message, inner);
