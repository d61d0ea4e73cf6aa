using System.Text.Json;
using CellLab.HardwareSim.Autolab;
using CellLab.HardwareSim.GasPanel;
using CellLab.HardwareSim.Land;
using CellLab.HardwareSim.MethodScript;
using CellLab.HardwareSim.ModbusCycler;
using CellLab.HardwareSim.Neware;
using CellLab.HardwareSim.PrismaPro;
using CellLab.HardwareSim.SrsRga;
using CellLab.HardwareSim.Xrd;

namespace CellLab.HardwareSim.Bench;

/// <summary>Makes the instruments of a bench file; the one table of kinds.</summary>
internal static class BenchBuilder
{
    private static readonly Dictionary<string, Func<BenchContext, JsonElement, string, IBenchInstrument>> Kinds = new(StringComparer.Ordinal)
    {
        ["Neware"] = BtsInstrumentFactory.Create,
        ["PrismaPro"] = PrismaInstrumentFactory.Create,
        ["GasPanel"] = PanelInstrument.Create,
        ["XrdTrigger"] = DiffractometerFactory.Create,
        ["SrsRga"] = RgaInstrumentFactory.Create,
        ["MethodScript"] = PotentiostatFactory.Create,
        ["Autolab"] = AutolabFactory.Create,
        ["ModbusCycler"] = ModbusInstrumentFactory.Create,
        ["Land"] = LandInstrumentFactory.Create,
    };

    /// <exception cref="BenchFileException">The bench file is wrong.</exception>
    /// <exception cref="IOException">An address is taken.</exception>
    public static async Task<List<IBenchInstrument>> BuildAsync(BenchContext bench)
    {
        var instruments = new List<IBenchInstrument>();
        try
        {
            for (int i = 0; i < bench.File.Document.Devices.Count; i++)
            {
                instruments.Add(Build(bench, i, instruments));
            }

            CheckPipelines(bench, instruments);
            return instruments;
        }
        catch
        {
            foreach (IBenchInstrument instrument in instruments)
            {
                await instrument.DisposeAsync();
            }

            throw;
        }
    }

    private static IBenchInstrument Build(BenchContext bench, int index, List<IBenchInstrument> others)
    {
        string at = $"devices[{index}]";
        DeviceHead head = bench.File.Head(index);
        if (head.Id.Any(c => !(char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')))
        {
            throw bench.File.Wrong($"{at}.id", $"'{head.Id}' may have lower-case letters, digits and '-' only");
        }

        if (others.Any(o => o.Id == head.Id))
        {
            throw bench.File.Wrong($"{at}.id", $"there are two devices '{head.Id}'");
        }

        return Kinds.TryGetValue(head.Driver, out Func<BenchContext, JsonElement, string, IBenchInstrument>? create)
            ? create(bench, bench.File.Document.Devices[index], at)
            : throw bench.File.Wrong($"{at}.driver", $"there is no simulated instrument for '{head.Driver}'; known are {string.Join(", ", Kinds.Keys)}");
    }

    private static void CheckPipelines(BenchContext bench, List<IBenchInstrument> instruments)
    {
        if (instruments.Count == 0)
        {
            throw bench.File.Wrong("devices", "name at least one device");
        }

        string? twice = instruments.SelectMany(i => i.Pipelines).GroupBy(p => (p.Id, p.Role)).FirstOrDefault(g => g.Count() > 1)?.Key.Id;
        if (twice is not null)
        {
            throw bench.File.Wrong("devices", $"two channels take the same role in the pipeline '{twice}'");
        }
    }
}
