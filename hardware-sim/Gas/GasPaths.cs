using CellLab.HardwareSim.Control;

namespace CellLab.HardwareSim.Gas;

/// <summary>The gas paths of the bench by the cell on their line, shared by panel and spectrometers. Filled while the bench is made.</summary>
internal sealed class GasPaths
{
    private readonly Dictionary<string, GasPath> _paths = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _devices = new(StringComparer.Ordinal);

    /// <param name="device">Is on this line from now on.</param>
    public GasPath GetOrAdd(string line, Func<GasPath> create, string device)
    {
        if (!_paths.TryGetValue(line, out GasPath? path))
        {
            path = create();
            _paths.Add(line, path);
            _devices.TryAdd(line, []);
        }

        _devices[line].Add(device);
        return path;
    }

    /// <summary>1 while a leak is set on any instrument of the line.</summary>
    public Func<double> LeakOf(string line, FaultBoard faults) =>
        () => _devices[line].Any(device => faults.IsOn(FaultNames.AirLeak, device)) ? 1 : 0;
}
