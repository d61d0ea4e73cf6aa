using CellLab.Core.Devices;

namespace CellLab.Engine.Gas;

/// <summary>What the gas on the line was for, over time: every ion current belongs to the phase at its own moment.</summary>
internal sealed class GasPhases
{
    public const string Run = "run";
    public const string Background = "background";
    public const string Calibration = "calibration";

    private const int Most = 64;

    private readonly Lock _lock = new();
    private readonly List<(DateTimeOffset Since, string Phase)> _phases = [];

    /// <summary>Background and calibration alone; the run otherwise.</summary>
    public static string OfStep(string kind) => kind == "dems_background" ? Background : kind == "dems_calibration" ? Calibration : Run;

    /// <param name="route">Null when it is not known.</param>
    public string Enter(DateTimeOffset since, string phase, GasRoute? route)
    {
        string text = route is { } known ? $"{phase} {Word(known)}" : phase;
        lock (_lock)
        {
            _phases.Add((since, text));
            if (_phases.Count > Most)
            {
                _phases.RemoveAt(0);
            }
        }

        return text;
    }

    public string At(DateTimeOffset moment)
    {
        lock (_lock)
        {
            int i = _phases.FindLastIndex(phase => phase.Since <= moment);
            return i < 0 ? _phases.Count == 0 ? Run : _phases[0].Phase : _phases[i].Phase;
        }
    }

    public static string Word(GasRoute route) => route switch
    {
        GasRoute.Cell => "cell",
        GasRoute.Bypass => "bypass",
        GasRoute.Bottle => "bottle",
        _ => "bottle-through-cell",
    };
}
