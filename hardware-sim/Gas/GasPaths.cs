namespace CellLab.HardwareSim.Gas;

/// <summary>The gas paths of the bench by the pipeline of their cell, shared by panel and spectrometers.</summary>
internal sealed class GasPaths
{
    private readonly Dictionary<string, GasPath> _paths = new(StringComparer.Ordinal);

    public GasPath GetOrAdd(string pipeline, Func<GasPath> create)
    {
        if (!_paths.TryGetValue(pipeline, out GasPath? path))
        {
            path = create();
            _paths.Add(pipeline, path);
        }

        return path;
    }
}
