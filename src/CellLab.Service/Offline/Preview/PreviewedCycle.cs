namespace CellLab.Service.Offline.Preview;

/// <summary>Charge and discharge of one electrochemical cycle, mAh/g; null for a half that the program does not have, and where no mass is known.</summary>
public sealed record PreviewedCycle(int Cycle, string Block, double? ChargeMahG, double? DischargeMahG)
{
    public double? ChargeMah { get; init; }

    public double? DischargeMah { get; init; }
}
