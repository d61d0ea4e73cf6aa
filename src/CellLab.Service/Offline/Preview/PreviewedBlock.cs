namespace CellLab.Service.Offline.Preview;

/// <summary>Totals of the steps of one block, all passes together.</summary>
public sealed record PreviewedBlock(string Block, int Steps, double DurationS, double ChargeMah, double DischargeMah, long Records);
