using CellLab.Analysis.Dems;

namespace CellLab.Service.Offline.Foreign.Masses;

/// <summary>Ion currents (A) of a file by mass-to-charge ratio, each with its own times; whole sweeps over the mass axis; potential (V) and current (A) where the
/// file holds an electrochemical measurement too.</summary>
internal sealed record MassFile(string Format, long Rows, IReadOnlyDictionary<string, TimedSeries> Masses)
{
    public IReadOnlyList<MassSweep> Sweeps { get; init; } = [];

    public TimedSeries? Volts { get; init; }

    public TimedSeries? Amperes { get; init; }
}

/// <param name="Points">In the order of the file.</param>
internal sealed record MassSweep(double? Seconds, IReadOnlyList<(double Mz, double Amperes)> Points);
