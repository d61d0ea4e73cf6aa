namespace CellLab.HardwareSim.MethodScript.Electronics;

/// <summary>Which current range is used and what the status of a reading in it is. A range reads to about three times its name.</summary>
internal sealed class Ranging(InstrumentModel model)
{
    private const double UnderloadBelow = 0.123;
    private const double WarningAbove = 2.46;
    private const double OverloadAbove = 2.92;

    private double _lowest = model.Ranges[0].Amperes;
    private double _highest = model.Ranges[^1].Amperes;

    /// <summary>A fixed range: the smallest that is named at least so.</summary>
    public void Fix(double amperes) => _lowest = _highest = NameAbove(amperes);

    public void Between(double lowest, double highest)
    {
        _lowest = NameAbove(lowest);
        _highest = Math.Max(_lowest, NameAbove(highest));
    }

    public CurrentRange For(double amperes)
    {
        foreach (CurrentRange range in model.Ranges)
        {
            if (range.Amperes >= _lowest && (range.Amperes >= _highest || Math.Abs(amperes) <= WarningAbove * range.Amperes))
            {
                return range;
            }
        }

        return model.Ranges[^1];
    }

    /// <summary>2 overload, 8 warning, 4 underload, 0 none.</summary>
    public static int StatusOf(double amperes, CurrentRange range) => (Math.Abs(amperes) / range.Amperes) switch
    {
        > OverloadAbove => 2,
        > WarningAbove => 8,
        < UnderloadBelow => 4,
        _ => 0,
    };

    private double NameAbove(double amperes) =>
        model.Ranges.Select(r => r.Amperes).FirstOrDefault(a => a >= amperes * (1 - 1e-9), model.Ranges[^1].Amperes);
}
