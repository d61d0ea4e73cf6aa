using System.Globalization;
using System.Text.Json;
using CellLab.Analysis.Cycling;

namespace CellLab.Service.Offline.Report;

/// <summary>Voltage over capacity of a job's first cycle, from its records.</summary>
internal static class FirstCycleReader
{
    private const int PageRows = 10_000;
    private const int MostPoints = 1500;

    public static async Task<FirstCycleTrace?> ReadAsync(
        ReportSource get, string job, IReadOnlyList<CycleView> cycles, double massMilligrams, CancellationToken cancellationToken)
    {
        if (cycles.FirstOrDefault(cycle => cycle.Cycle == 1) is not { } first || !(massMilligrams > 0))
        {
            return null;
        }

        var charge = new Half();
        var discharge = new Half();
        for (long next = first.FirstRecord; next <= first.LastRecord;)
        {
            JsonElement page = await get(string.Create(
                CultureInfo.InvariantCulture, $"jobs/{job}/records?stream=cycler&first_seq={next}&max={Math.Min(PageRows, first.LastRecord - next + 1)}"), cancellationToken);
            double[] volts = page.Column("voltage_v");
            if (volts.Length == 0)
            {
                break;
            }

            double[] amperes = page.Column("current_a");
            double[] seconds = page.Column("test_time_s");
            for (int row = 0; row < volts.Length; row++)
            {
                (amperes[row] >= 0 ? charge : discharge).Add(seconds[row], volts[row], amperes[row]);
            }

            next += volts.Length;
        }

        return new FirstCycleTrace(charge.Points(massMilligrams), discharge.Points(massMilligrams));
    }

    /// <summary>The current integrated by trapezoids over the records with current of one sign: for drawing only.</summary>
    private sealed class Half
    {
        private readonly List<(double Ah, double Volts)> _points = [];
        private double _ah, _seconds = double.NaN, _amperes;

        public void Add(double seconds, double volts, double amperes)
        {
            if (amperes == 0)
            {
                _seconds = double.NaN;
                return;
            }

            if (double.IsFinite(_seconds))
            {
                _ah += (Math.Abs(amperes) + Math.Abs(_amperes)) / 2 * (seconds - _seconds) / 3600;
            }

            (_seconds, _amperes) = (seconds, amperes);
            _points.Add((_ah, volts));
        }

        public IReadOnlyList<(double, double)> Points(double massMilligrams)
        {
            int every = Math.Max(1, _points.Count / MostPoints);
            return [.. _points.Where((_, index) => index % every == 0 || index == _points.Count - 1).Select(point => (point.Ah * 1e6 / massMilligrams, point.Volts))];
        }
    }
}
