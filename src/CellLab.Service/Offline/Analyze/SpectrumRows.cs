using System.Globalization;
using System.Numerics;
using CellLab.Service.Offline.Foreign;
using CellLab.Service.Offline.Foreign.Tables;

namespace CellLab.Service.Offline.Analyze;

/// <summary>Collects the points of a spectrum from the rows of a table. A row whose frequency is zero or missing holds none (potentiostats write rests so); of any
/// other row that gives no point the log says why.</summary>
internal sealed class SpectrumRows(ForeignTable table, bool spectrum, FindingLog log)
{
    private readonly bool _polar = !(table.Has(Quantity.RealOhm) && table.Has(Quantity.ImaginaryOhm));
    private readonly List<(double Hertz, double Real, double Imaginary)> _points = [];

    public IReadOnlyList<(double Hertz, double Real, double Imaginary)> Points => _points;

    public void Add(ForeignRow row)
    {
        if (!spectrum || row[Quantity.Hertz] is not { } hertz || hertz == 0)
        {
            return;
        }

        if (hertz < 0)
        {
            log.Warning(ForeignCodes.Implausible, row.Index, table.NameOf(Quantity.Hertz), string.Create(
                CultureInfo.InvariantCulture, $"row {row.Index}: {hertz:g6} Hz is no frequency; the point is left out"));
        }
        else if (Of(row) is { } ohms)
        {
            _points.Add((hertz, ohms.Real, ohms.Imaginary));
        }
        else
        {
            log.Warning(ForeignCodes.MissingValue, row.Index, null, string.Create(
                CultureInfo.InvariantCulture, $"row {row.Index}: no {(_polar ? "modulus or phase" : "real or imaginary part")}; the point is left out"));
        }
    }

    private Complex? Of(ForeignRow row) => _polar
        ? row[Quantity.ModulusOhm] is { } modulus && row[Quantity.PhaseDegrees] is { } degrees ? Complex.FromPolarCoordinates(modulus, degrees * Math.PI / 180) : null
        : row[Quantity.RealOhm] is { } real && row[Quantity.ImaginaryOhm] is { } imaginary ? new Complex(real, imaginary) : null;
}
