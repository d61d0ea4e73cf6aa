using System.Globalization;
using CellLab.Service.Offline.Foreign.Tables;

namespace CellLab.Service.Offline.Foreign.Cyclers;

/// <summary>Compares the increments of an elapsed time with those of the wall clock of the same rows. A steady factor between them means a wrong unit.
/// The values stay as they are.</summary>
internal sealed class TimeScaleCheck(Quantity elapsed)
{
    private const int Enough = 3;
    private const int MostSamples = 20_000;
    private const double Allowed = 0.05;
    private const double ShortestSeconds = 0.5;

    private static readonly (double Factor, string Unit)[] Known =
        [(1e9, "nanoseconds"), (1e6, "microseconds"), (1e3, "milliseconds"), (1 / 60.0, "minutes"), (1 / 3600.0, "hours")];

    private readonly List<double> _ratios = [];
    private double? _lastElapsed, _lastWall;

    /// <summary>A pair of rows is compared when the wall clock has moved enough: one of whole seconds stands still between faster records.</summary>
    public void Add(ForeignRow row)
    {
        if (row[elapsed] is not { } time || row[Quantity.UnixSeconds] is not { } wall)
        {
            return;
        }

        bool goesOn = time > _lastElapsed && wall >= _lastWall;
        if (goesOn && wall - _lastWall < ShortestSeconds)
        {
            return;
        }

        if (goesOn && _ratios.Count < MostSamples)
        {
            _ratios.Add((time - _lastElapsed!.Value) / (wall - _lastWall!.Value));
        }

        (_lastElapsed, _lastWall) = (time, wall);
    }

    public void Report(ForeignTable table, FindingLog log)
    {
        if (_ratios.Count < Enough)
        {
            return;
        }

        _ratios.Sort();
        double ratio = _ratios[_ratios.Count / 2];
        if (Math.Abs(ratio - 1) <= Allowed)
        {
            return;
        }

        (double factor, string unit) = Known.FirstOrDefault(known => Math.Abs(ratio - known.Factor) <= Allowed * known.Factor);
        string meaning = factor > 0 ? string.Create(CultureInfo.InvariantCulture, $"factor {factor:g6}: the values are {unit}, not seconds") : "no known unit explains that";
        log.Warning(ForeignCodes.TimeScale, null, table.NameOf(elapsed), string.Create(CultureInfo.InvariantCulture,
            $"'{table.NameOf(elapsed)}' runs {ratio:g6} times as fast as the wall clock beside it; {meaning}. The values are used as they stand"));
    }
}
