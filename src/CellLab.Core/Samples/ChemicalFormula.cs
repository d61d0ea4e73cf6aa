using System.Globalization;
using System.Text.RegularExpressions;

namespace CellLab.Core.Samples;

/// <summary>A formula of an electrode material such as <c>Li1.2Mn0.6Ni0.2O2</c>, as it is assembled into the cell: molar mass and lithium in it.</summary>
public sealed partial record ChemicalFormula(string Text, double MolarMassGramsPerMole, double Lithium)
{
    /// <summary>F in mAh/mol (CODATA 2018, 96485.33212 C/mol).</summary>
    private const double MilliampereHoursPerMole = 96485.33212 / 3.6;

    /// <summary>IUPAC abridged standard atomic weights (2021) of the elements in use for electrodes.</summary>
    private static readonly Dictionary<string, double> s_weights = new(StringComparer.Ordinal)
    {
        ["H"] = 1.008, ["Li"] = 6.94, ["B"] = 10.81, ["C"] = 12.011, ["N"] = 14.007, ["O"] = 15.999, ["F"] = 18.998, ["Na"] = 22.990, ["Mg"] = 24.305,
        ["Al"] = 26.982, ["Si"] = 28.085, ["P"] = 30.974, ["S"] = 32.06, ["Cl"] = 35.45, ["K"] = 39.098, ["Ca"] = 40.078, ["Ti"] = 47.867, ["V"] = 50.942,
        ["Cr"] = 51.996, ["Mn"] = 54.938, ["Fe"] = 55.845, ["Co"] = 58.933, ["Ni"] = 58.693, ["Cu"] = 63.546, ["Zn"] = 65.38, ["Ga"] = 69.723, ["Ge"] = 72.630,
        ["Se"] = 78.971, ["Y"] = 88.906, ["Zr"] = 91.224, ["Nb"] = 92.906, ["Mo"] = 95.95, ["Ru"] = 101.07, ["Sn"] = 118.71, ["Sb"] = 121.76, ["Te"] = 127.60,
        ["La"] = 138.91, ["Ta"] = 180.95, ["W"] = 183.84, ["Ir"] = 192.22, ["Bi"] = 208.98,
    };

    /// <returns>Null where it cannot be read: elements with numbers, no brackets.</returns>
    public static ChemicalFormula? TryParse(string text)
    {
        MatchCollection parts = Part().Matches(text);
        if (parts.Count == 0 || parts.Sum(part => part.Length) != text.Length || parts.Any(part => !s_weights.ContainsKey(part.Groups[1].Value)))
        {
            return null;
        }

        (string Element, double Count)[] atoms = [.. parts.Select(part => (part.Groups[1].Value, part.Groups[2].Length == 0 ? 1 : double.Parse(part.Groups[2].Value, CultureInfo.InvariantCulture)))];
        return new ChemicalFormula(text, atoms.Sum(atom => s_weights[atom.Element] * atom.Count), atoms.Where(atom => atom.Element == "Li").Sum(atom => atom.Count));
    }

    /// <summary>x after a net charge, all of it taken as lithium: 1 F for each Li. Gas and side reactions make the true x larger.</summary>
    /// <param name="netMilliampereHoursPerGram">Charge less discharge since the cell was assembled.</param>
    public double LithiumAfter(double netMilliampereHoursPerGram) => Lithium - (netMilliampereHoursPerGram * MolarMassGramsPerMole / MilliampereHoursPerMole);

    [GeneratedRegex("([A-Z][a-z]?)([0-9]+(?:\\.[0-9]+)?|\\.[0-9]+)?", RegexOptions.CultureInvariant)]
    private static partial Regex Part();
}
