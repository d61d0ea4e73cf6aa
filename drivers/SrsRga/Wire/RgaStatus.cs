namespace CellLab.Drivers.SrsRga.Wire;

/// <summary>The STATUS byte: which error bytes are not zero. Bits 2 and 7 are unused (SRS RGA manual, error reporting).</summary>
[Flags]
internal enum RgaStatus
{
    Healthy = 0,
    Communication = 1 << 0,
    Filament = 1 << 1,
    Multiplier = 1 << 3,
    MassFilter = 1 << 4,
    Detector = 1 << 5,
    Supply = 1 << 6,
}
