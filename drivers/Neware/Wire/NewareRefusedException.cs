namespace CellLab.Drivers.Neware.Wire;

/// <summary>The whole request was answered with <c>result false</c>. Never leaves the driver.</summary>
internal sealed class NewareRefusedException() : Exception("the BTS refused the whole request (result false)");
