namespace CellLab.Drivers.PrismaPro.Wire;

/// <summary>An answer that a PrismaPro does not give.</summary>
internal sealed class PrismaFormatException(string message, Exception? inner = null) : Exception(message, inner);
