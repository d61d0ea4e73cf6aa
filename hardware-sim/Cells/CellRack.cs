using CellLab.CellModel;
using CellLab.HardwareSim.Bench;

namespace CellLab.HardwareSim.Cells;

/// <summary>The cells of a bench file by name: instruments that name the same one share it.</summary>
internal sealed class CellRack
{
    private const double LongestPastSeconds = 1e7;
    private readonly Dictionary<string, CellPlace> _places = new(StringComparer.Ordinal);

    /// <exception cref="BenchFileException">A cell of the file is wrong.</exception>
    public CellRack(BenchFile file)
    {
        IReadOnlyList<BenchCell> cells = file.Document.Cells;
        for (int i = 0; i < cells.Count; i++)
        {
            BenchCell cell = cells[i];
            string at = $"cells[{i}]";
            Require(file, Materials.TryGet(cell.Material, out _), $"{at}.material", $"there is no material '{cell.Material}'; known are {string.Join(", ", Materials.Names)}");
            Require(file, cell.Parallel >= 1, $"{at}.parallel", "expected 1 or more");
            Require(file, cell.Past.All(p => p.UntilV is not null || p.Seconds is > 0), $"{at}.past", "every entry needs seconds or until_v");
            Require(file, cell.Past.All(p => p.UntilV is null || p.CurrentMa != 0), $"{at}.past", "until_v needs a current");
            Require(file, !_places.ContainsKey(cell.Name), $"{at}.name", $"there are two cells '{cell.Name}'");
            _places.Add(cell.Name, new CellPlace(cell.Name, Make(cell, MaterialOf(file, cell, at), file.Document.Seed + (0x51ED27UL * (ulong)(i + 1)))));
        }
    }

    public IEnumerable<CellPlace> Places => _places.Values;

    public CellPlace? Find(string name) => _places.GetValueOrDefault(name);

    public string Names => string.Join(", ", _places.Keys);

    private static CellParameters MaterialOf(BenchFile file, BenchCell cell, string at)
    {
        try
        {
            return cell.Parameters.Count == 0 ? Materials.Get(cell.Material) : Materials.With(cell.Material, cell.Parameters);
        }
        catch (ArgumentException wrong)
        {
            throw file.Wrong($"{at}.parameters", wrong.Message);
        }
    }

    private static SimulatedCell Make(BenchCell cell, CellParameters material, ulong seed)
    {
        var made = new SimulatedCell(cell.Spread ? CellSpread.Apply(material, seed) : material, cell.Parallel);
        foreach (BenchCellPast past in cell.Past)
        {
            Live(made, past);
        }

        return made;
    }

    private static void Live(SimulatedCell cell, BenchCellPast past)
    {
        double left = past.Seconds ?? LongestPastSeconds;
        if (past.CurrentMa == 0)
        {
            cell.Rest(left);
            return;
        }

        double stride = Math.Min(10 * cell.OneCMilliamperes / Math.Abs(past.CurrentMa), 60);
        double limit = past.UntilV ?? (past.CurrentMa > 0 ? double.PositiveInfinity : double.NegativeInfinity);
        LimitedStep step = default;
        while (left > 0 && !step.Reached)
        {
            step = cell.StepToVoltage(Math.Min(stride, left), past.CurrentMa, limit, past.CurrentMa > 0);
            left -= step.Seconds;
        }
    }

    private static void Require(BenchFile file, bool holds, string at, string message)
    {
        if (!holds)
        {
            throw file.Wrong(at, message);
        }
    }
}
