namespace CellLab.CellModel;

/// <summary>What one step does to the lithium states: kin, kf = kin/(1 - f_slow) in 1/(mA/g s), its length and its specific current.</summary>
internal readonly struct StepDrive(double mean, double slowShare, double seconds, double specific)
{
    public double Mean { get; } = mean;

    public double Fast { get; } = mean / (1 - slowShare);

    public double Seconds { get; } = seconds;

    /// <summary>mA/g, positive charges.</summary>
    public double Specific { get; } = specific;
}
