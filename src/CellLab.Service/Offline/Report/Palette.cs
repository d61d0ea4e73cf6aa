namespace CellLab.Service.Offline.Report;

/// <summary>One colour for each material, the same in every figure.</summary>
internal sealed class Palette(IEnumerable<string> materials)
{
    private readonly List<string> _materials = [.. materials.Distinct(StringComparer.Ordinal)];

    public int Of(string material) => Math.Max(0, _materials.IndexOf(material));
}
