namespace CellLab.Drivers.PrismaPro.Wire;

/// <summary>The instrument understood the request and refused it: an answer whose name begins with <c>error</c>.</summary>
internal sealed class PrismaRefusedException(string message) : Exception(message);
