using CellLab.Drivers.ModbusCycler.Profiles;

namespace CellLab.Drivers.ModbusCycler.Outputs;

/// <summary>Words as they were read in one look.</summary>
internal sealed class RegisterImage
{
    private readonly Dictionary<(PointTable, int), ushort> _words = [];

    public void Take(PointTable table, int address, ReadOnlySpan<ushort> words)
    {
        for (int i = 0; i < words.Length; i++)
        {
            _words[(table, address + i)] = words[i];
        }
    }

    public bool Holds(ProfilePoint point) => Enumerable.Range(point.Address, point.Length).All(a => _words.ContainsKey((point.Table, a)));

    public ushort[] Words(ProfilePoint point) => [.. Enumerable.Range(point.Address, point.Length).Select(a => _words[(point.Table, a)])];
}
