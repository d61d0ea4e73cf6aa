using System.Globalization;

namespace CellLab.CellModel;

/// <summary>What the model itself gives for the rate map of one cell: after one 0.1C cycle three cycles at each rate in rising order, no
/// rests; the third cycle of each rate. An independent program cycled through an instrument meets the capacities within 1.5 %.</summary>
/// <param name="ChargeMilliampereHoursPerGram">Per gram of active material.</param>
public sealed record ExpectedRate(
    double CRate,
    double ChargeMilliampereHoursPerGram,
    double DischargeMilliampereHoursPerGram,
    double MeanChargeVolts,
    double MeanDischargeVolts,
    double EnergyEfficiency)
{
    /// <summary>The rates in the order in which the cell runs them.</summary>
    /// <param name="material">A name of <see cref="Materials.Names"/>.</param>
    public static IReadOnlyList<ExpectedRate> InSequence(string material)
    {
        string resource = $"rates-sequence-{Materials.Get(material).Material.ToLowerInvariant()}.csv";
        using Stream stream = typeof(ExpectedRate).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"the assembly lacks its embedded {resource}");
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(ParseRow)];
    }

    private static ExpectedRate ParseRow(string line)
    {
        double[] v = [.. line.Split(',').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        return new ExpectedRate(v[0], v[1], v[2], v[3], v[4], v[5]);
    }
}
