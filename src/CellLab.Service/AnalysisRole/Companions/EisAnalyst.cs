using CellLab.Core.Records;

namespace CellLab.Service.AnalysisRole.Companions;

/// <summary>Analyses each impedance spectrum when its last point is here, the next spectrum begins, or the job ends; all of them anew when the sample's
/// diameter was amended.</summary>
internal sealed class EisAnalyst(JobFacts began) : CompanionAnalyst
{
    public const string Kind = "eis";

    private readonly List<CompanionRow[]> _closed = [];
    private readonly List<CompanionRow> _spectrum = [];
    private double _areaCm2 = PaperCell.AreaOf(began);

    public static CompanionAnalysis Analysis { get; } = new(SpectrumResult.MethodVersion, [Streams.Impedance], facts => new EisAnalyst(facts))
    {
        Inputs = facts => FormattableString.Invariant($"{PaperCell.AreaOf(facts):R} cm2"),
    };

    public override void Tell(JobFacts facts)
    {
        if (PaperCell.AreaOf(facts) is var area && area != _areaCm2)
        {
            _areaCm2 = area;
            _closed.ForEach(Analyse);
        }
    }

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
            CompanionRow[] rows = [.. _spectrum];
            _spectrum.Clear();
            _closed.Add(rows);
            Analyse(rows);
        }
    }

    private void Analyse(CompanionRow[] rows)
    {
        SpectrumResult result = SpectrumResult.Of(rows, _areaCm2);
        Keep(Kind, result.Spectrum, result.ToJson());
    }
}
