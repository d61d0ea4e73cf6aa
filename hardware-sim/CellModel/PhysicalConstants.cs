namespace CellLab.CellModel;

/// <summary>CODATA 2018 (exact since the SI of 2019).</summary>
public static class PhysicalConstants
{
    /// <summary>J/(mol K).</summary>
    public const double GasConstant = 8.31446261815324;

    /// <summary>C/mol.</summary>
    public const double Faraday = 96485.33212;
}
