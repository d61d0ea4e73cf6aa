namespace CellLab.Service.Offline.Preview;

/// <summary>Charge and discharge of one electrochemical cycle, mAh/g; null for a half that the program does not have.</summary>
public sealed record PreviewedCycle(int Cycle, string Block, double? ChargeMahG, double? DischargeMahG);
