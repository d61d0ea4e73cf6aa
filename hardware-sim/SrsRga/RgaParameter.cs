namespace CellLab.HardwareSim.SrsRga;

/// <summary>One stored parameter of the head.</summary>
/// <param name="AnswersStatus">A set command answers STATUS; otherwise it is silent.</param>
/// <param name="Decimals">Of the value: 0 for whole numbers.</param>
/// <param name="Protected">By the tuning jumper.</param>
internal sealed record RgaParameter(
    string Command, double Lowest, double Highest, double PowerOn, double Default, int Decimals, bool AnswersStatus, bool Protected = false)
{
    /// <summary>By the head's manual. Zero switches filament and multiplier off, so it lies below their ranges.</summary>
    public static Dictionary<string, RgaParameter> Table(int highestMass) => new RgaParameter[]
    {
        new("FL", 0.02, 3.5, 0, 1, 2, AnswersStatus: true),
        new("EE", 25, 105, 70, 70, 0, AnswersStatus: true),
        new("IE", 0, 1, 1, 1, 0, AnswersStatus: true),
        new("VF", 0, 150, 90, 90, 0, AnswersStatus: true),
        new("HV", 10, 2490, 0, 1400, 0, AnswersStatus: true),
        new("NF", 0, 7, 4, 4, 0, AnswersStatus: false),
        new("MI", 1, highestMass, 1, 1, 0, AnswersStatus: false),
        new("MF", 1, highestMass, highestMass, highestMass, 0, AnswersStatus: false),
        new("SA", 10, 25, 10, 10, 0, AnswersStatus: false),
        new("SP", 0, 10, 0.1, 0.1, 4, AnswersStatus: false),
        new("ST", 0, 100, 10, 10, 4, AnswersStatus: false),
        new("MG", 0, 2000, 1, 1, 4, AnswersStatus: false),
        new("MV", 0, 2490, 1400, 1400, 0, AnswersStatus: false),
        new("RI", -86, 86, -5.3, -5.3, 4, AnswersStatus: false, Protected: true),
        new("RS", 600, 1600, 1007.2, 1007.2, 4, AnswersStatus: false, Protected: true),
        new("DI", 0, 255, 115, 115, 0, AnswersStatus: false, Protected: true),
        new("DS", -2.55, 2.55, 0, 0, 4, AnswersStatus: false, Protected: true),
    }.ToDictionary(p => p.Command);

    public bool Allows(double value) =>
        ((value >= Lowest && value <= Highest) || (value == 0 && Command is "FL" or "HV")) && value == Math.Round(value, Decimals);

    public string Show(double value) => FormattableString.Invariant($"{Math.Round(value, Decimals):0.####}");
}
