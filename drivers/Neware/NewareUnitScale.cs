namespace CellLab.Drivers.Neware;

/// <summary>Factors from the device's unit family to A, Ah and Wh.</summary>
internal static class NewareUnitScale
{
    public static double Of(NewareUnits units) => units == NewareUnits.Milliamperes ? 1e-3 : 1.0;
}
