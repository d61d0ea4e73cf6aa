namespace CellLab.Core.Samples;

/// <summary>The direction with which a cycle begins: charge for cathode half-cells and full cells, discharge for anode half-cells.</summary>
public enum LeadingDirection { Charge, Discharge }
