using CellLab.Core.Records;

namespace CellLab.Service.AnalysisRole.Companions;

/// <summary>Analyses each impedance spectrum when its last point is here, the next spectrum begins, or the job ends.</summary>
internal sealed class EisAnalyst : CompanionAnalyst
{
    public const string Kind = "eis";

    private readonly List<CompanionRow> _spectrum = [];

    public static CompanionAnalysis Analysis { get; } = new(SpectrumResult.MethodVersion, [Streams.Impedance], _ => new EisAnalyst());

    public override void Add(CompanionRow row)
    {
        var point = (ImpedanceBody)row.Body;
        if (_spectrum.Count > 0 && ((ImpedanceBody)_spectrum[0].Body).Spectrum != point.Spectrum)
        {
            Close();
        }

        _spectrum.Add(row);
        if (point.Point == point.PointsPlanned)
        {
            Close();
        }
    }

    public override void Finish() => Close();

    private void Close()
    {
        if (_spectrum.Count > 0)
        {
            SpectrumResult result = SpectrumResult.Of(_spectrum);
            Keep(Kind, result.Spectrum, result.ToJson());
            _spectrum.Clear();
        }
    }
}
