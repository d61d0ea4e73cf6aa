namespace CellLab.Core.Samples;

/// <summary>Masses as given and the active mass that follows from them; absent ones are null.</summary>
internal sealed record MassFigures(
    double? ElectrodeMilligrams, double? FoilMilligrams, double? ActiveFraction, double? ActiveMilligrams, double? DiameterMillimetres);
