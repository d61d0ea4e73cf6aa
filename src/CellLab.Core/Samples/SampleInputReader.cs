using System.Text.RegularExpressions;
using CellLab.Core.Units;

namespace CellLab.Core.Samples;

/// <summary>Reads the values of one <see cref="SampleInput"/> and collects what is wrong with them.</summary>
internal sealed partial class SampleInputReader(SampleInput input)
{
    /// <summary>A given active mass may differ this much from the computed one.</summary>
    private const double MassTolerance = 0.05;

    private readonly List<SampleProblem> _problems = [];

    public IReadOnlyList<SampleProblem> Problems => _problems;

    public void Refuse(string field, string message) => _problems.Add(new SampleProblem(field, message));

    public string? Name()
    {
        string name = input.Name?.Trim() ?? "";
        if (NamePattern().IsMatch(name))
        {
            return name;
        }

        Refuse("name", $"'{name}' is no name for a sample: it stands in barcodes and files; use up to 40 letters, digits, '-', '_' and '.', "
            + "beginning with a letter or digit");
        return null;
    }

    public MassFigures Masses()
    {
        double? electrode = Positive("electrode_mass", input.ElectrodeMass, QuantityParser.Milligrams);
        double? foil = Positive("foil_mass", input.FoilMass, QuantityParser.Milligrams);
        double? fraction = Read("active_fraction", input.ActiveFraction, QuantityParser.Fraction);
        double? given = Positive("active_mass", input.ActiveMass, QuantityParser.Milligrams);
        double? diameter = Positive("diameter", input.Diameter, QuantityParser.Millimetres);
        CheckDiameter(diameter);
        double? computed = Computed(electrode, foil, fraction);
        CheckOverride(given, computed);
        double? active = given ?? computed;
        CheckMass(active, given is null ? "electrode_mass" : "active_mass", diameter, input.Holder);
        if (active is null && _problems.Count == 0)
        {
            Refuse("electrode_mass", "the active mass is unknown: give electrode mass, foil mass and active fraction, or the active mass");
        }

        return new MassFigures(electrode, foil, fraction, active, diameter);
    }

    /// <summary>Active mass and diameter after an amendment: what it leaves out stays.</summary>
    public (double? Mass, double? Diameter) Amended(Sample before)
    {
        double? diameter = Positive("diameter", input.Diameter, QuantityParser.Millimetres);
        CheckDiameter(diameter);
        double? mass = Positive("active_mass", input.ActiveMass, QuantityParser.Milligrams);
        string field = mass is null ? "diameter" : "active_mass";
        (double? massNow, double? diameterNow) = (mass ?? before.ActiveMassMilligrams, diameter ?? before.DiameterMillimetres);
        if (_problems.Count == 0 && (mass ?? diameter) is not null)
        {
            CheckMass(massNow, field, diameterNow, before.Holder);
        }

        return (massNow, diameterNow);
    }

    /// <summary>Per gram; a capacity of the whole cell is divided by the active mass.</summary>
    public double? Capacity(double? activeMilligrams)
    {
        if (string.IsNullOrWhiteSpace(input.Capacity))
        {
            Refuse("capacity", "the nominal capacity is missing: it says what 1C is; give for example 250mAh/g");
            return null;
        }

        if (Read("capacity", input.Capacity, text => QuantityParser.Capacity(text)) is not { } capacity
            || (capacity.MilliampereHoursPerGram is null && activeMilligrams is null))
        {
            return null;
        }

        double perGram = QuantityText.Clean(capacity.PerGram(activeMilligrams ?? 1));
        if (PlausibleRanges.CapacityProblem(perGram, accepted: AcceptedCapacity(perGram) is not null) is not { } problem)
        {
            return perGram;
        }

        Refuse("capacity", problem);
        return null;
    }

    /// <summary>The reason that has to be kept with the sample; null for a usual capacity, which needs none.</summary>
    public string? AcceptedCapacity(double milliampereHoursPerGram) =>
        string.IsNullOrWhiteSpace(input.AcceptCapacity) || PlausibleRanges.IsUsual(milliampereHoursPerGram) ? null : input.AcceptCapacity.Trim();

    public (double Low, double High)? Ocv() => Read("ocv", input.Ocv, QuantityParser.VoltRange);

    public string? Holder()
    {
        if (string.IsNullOrWhiteSpace(input.Holder) || Holders.All.Contains(input.Holder))
        {
            return string.IsNullOrWhiteSpace(input.Holder) ? null : input.Holder;
        }

        Refuse("holder", $"'{input.Holder}' is no holder; expected {string.Join(", ", Holders.All)}");
        return null;
    }

    public string? Formula()
    {
        if (string.IsNullOrWhiteSpace(input.Formula) || ChemicalFormula.TryParse(input.Formula.Trim()) is not null)
        {
            return string.IsNullOrWhiteSpace(input.Formula) ? null : input.Formula.Trim();
        }

        Refuse("formula", $"'{input.Formula}' is no formula; expected elements with numbers and no brackets, for example Li1.2Mn0.6Ni0.2O2");
        return null;
    }

    public LeadingDirection Leading()
    {
        if (string.IsNullOrWhiteSpace(input.Leading) || input.Leading == "charge")
        {
            return LeadingDirection.Charge;
        }

        if (input.Leading != "discharge")
        {
            Refuse("leading", $"'{input.Leading}' is no direction; expected charge (cathode half-cells, full cells) or discharge (anode half-cells)");
        }

        return LeadingDirection.Discharge;
    }

    /// <summary>(electrode - foil) x active fraction, when all three are there.</summary>
    private double? Computed(double? electrode, double? foil, double? fraction)
    {
        bool any = electrode is not null || foil is not null || fraction is not null;
        if (electrode is null || foil is null || fraction is null)
        {
            if (any && string.IsNullOrWhiteSpace(input.ActiveMass) && _problems.Count == 0)
            {
                Refuse(electrode is null ? "electrode_mass" : foil is null ? "foil_mass" : "active_fraction",
                    "electrode mass, foil mass and active fraction belong together: this one is missing");
            }

            return null;
        }

        if (electrode > foil)
        {
            return QuantityText.Clean((electrode.Value - foil.Value) * fraction.Value);
        }

        Refuse("foil_mass", $"the foil ({QuantityText.Short(foil.Value)} mg) must be lighter than the electrode ({QuantityText.Short(electrode.Value)} mg)");
        return null;
    }

    private void CheckOverride(double? given, double? computed)
    {
        if (given is { } mass && computed is { } expected && Math.Abs(mass - expected) > MassTolerance * expected)
        {
            Refuse("active_mass", $"an active mass of {QuantityText.Short(mass)} mg is {Math.Abs(mass / expected - 1) * 100:0.#} % off the "
                + $"{QuantityText.Short(expected)} mg computed from electrode, foil and fraction; at most 5 % are allowed: correct one of them");
        }
    }

    private void CheckMass(double? active, string field, double? diameter, string? holder)
    {
        if (active is { } mass && PlausibleRanges.MassProblem(mass, diameter, holder) is { } problem)
        {
            Refuse(field, problem);
        }
    }

    private void CheckDiameter(double? diameter)
    {
        if (diameter is < PlausibleRanges.MinDiameter or > PlausibleRanges.MaxDiameter)
        {
            Refuse("diameter", $"a diameter of {QuantityText.Short(diameter.Value)} mm is not plausible: expected "
                + $"{PlausibleRanges.MinDiameter} to {PlausibleRanges.MaxDiameter} mm; check the unit");
        }
    }

    private double? Positive(string field, string? text, Func<string, double> parse)
    {
        double? value = Read(field, text, parse);
        if (value is <= 0)
        {
            Refuse(field, $"'{text}' must be greater than 0");
            return null;
        }

        return value;
    }

    private T? Read<T>(string field, string? text, Func<string, T> parse)
        where T : struct
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        try
        {
            return parse(text);
        }
        catch (FormatException wrong)
        {
            Refuse(field, wrong.Message);
            return null;
        }
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$")]
    private static partial Regex NamePattern();
}
