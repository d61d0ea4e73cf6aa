namespace CellLab.Service.Offline.Preview;

/// <summary>The window of voltage in which the program may run; a side without a limit is null.</summary>
public sealed record PreviewedLimits(double? HighestV, double? LowestV);
