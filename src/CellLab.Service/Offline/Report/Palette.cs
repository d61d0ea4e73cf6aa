namespace CellLab.Service.Offline.Report;

/// <summary>One colour for each material, the same in every figure; its first job at full strength, further ones fainter.</summary>
internal sealed class Palette(IReadOnlyList<ReportedJob> jobs)
{
    private static readonly double[] s_strengths = [1, 0.65, 0.45, 0.3];

    private readonly List<string> _materials = [.. jobs.Select(job => job.Material).Distinct(StringComparer.Ordinal)];

    public int Of(string material) => Math.Max(0, _materials.IndexOf(material));

    /// <summary>Tells jobs of one material apart; begins anew after the fourth.</summary>
    public double StrengthOf(ReportedJob job)
    {
        int before = jobs.TakeWhile(other => other != job).Count(other => other.Material == job.Material);
        return s_strengths[before % s_strengths.Length];
    }
}
