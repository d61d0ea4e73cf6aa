using CellLab.Core.Samples;

namespace CellLab.Tests.Core.Samples;

public sealed class SampleFactoryTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private static readonly SampleInput Good = new()
    {
        Name = "lmno-1", ElectrodeMass = "15.1mg", FoilMass = "12.6mg", ActiveFraction = "0.80", Diameter = "10mm", Capacity = "250mAh/g",
    };

    [Fact]
    public void The_active_mass_is_electrode_less_foil_times_the_active_fraction()
    {
        Sample sample = Made(Good);
        Assert.Equal(2.00, sample.ActiveMassMilligrams, 9);
        Assert.Equal(250, sample.NominalCapacityMilliampereHoursPerGram);
        Assert.Equal(0.5e-3, sample.Base.OneCAmperes, 12);
        Assert.Equal(("coin", 2.5, 3.6, LeadingDirection.Charge, 1), (sample.Holder, sample.OcvLowVolts, sample.OcvHighVolts, sample.Leading, sample.Version));
        Assert.Equal((At, "kim"), (sample.RecordedAtUtc, sample.RecordedBy));
    }

    [Fact]
    public void A_given_active_mass_within_5_percent_wins_over_the_computed_one() =>
        Assert.Equal(2.09, Made(Good with { ActiveMass = "2.09mg" }).ActiveMassMilligrams);

    [Fact]
    public void Mass_and_capacity_alone_make_a_sample()
    {
        Sample sample = Made(new SampleInput { Name = "a", ActiveMass = "2.00mg", Capacity = "0.5mAh" });
        Assert.Equal((2.0, 250), (sample.ActiveMassMilligrams, sample.NominalCapacityMilliampereHoursPerGram));
        Assert.Null(sample.ElectrodeMassMilligrams);
    }

    [Fact]
    public void A_pouch_may_hold_grams_and_stays_a_pouch_when_it_is_amended()
    {
        Sample sample = Made(new SampleInput { Name = "a", ActiveMass = "2g", Capacity = "250mAh/g", Holder = "pouch" });
        Assert.Equal(0.5, sample.Base.OneCAmperes, 12);
        Assert.Equal(2100, SampleFactory.Amend(sample, new SampleInput { ActiveMass = "2.1g" }, "weighed again", "lee", At).Sample!.ActiveMassMilligrams);
        Assert.Equal("active_mass", Assert.Single(SampleFactory.Amend(sample, new SampleInput { ActiveMass = "2mg" }, "weighed again", "lee", At).Problems).Field);
    }

    public static TheoryData<string, SampleInput, string, string> Wrong => new()
    {
        { "override", Good with { ActiveMass = "2.2mg" }, "active_mass", "10 % off the 2 mg computed" },
        { "grams", Good with { ActiveMass = "2g", ElectrodeMass = null, FoilMass = null, ActiveFraction = null }, "active_mass", "so expected 0.3927 to 23.562 mg; check the unit" },
        { "grams without diameter", new SampleInput { Name = "a", ActiveMass = "2g", Capacity = "250mAh/g" }, "active_mass", "expected 0.098175 to 94.248 mg" },
        { "loading", Good with { ElectrodeMass = "112.6mg" }, "electrode_mass", "is a loading of 101.86 mg/cm2; plausible are 0.5 to 30" },
        { "foil", Good with { FoilMass = "15.2mg" }, "foil_mass", "the foil (15.2 mg) must be lighter than the electrode (15.1 mg)" },
        { "negative", Good with { FoilMass = "-1mg" }, "foil_mass", "must be greater than 0" },
        { "no foil", Good with { FoilMass = null }, "foil_mass", "belong together: this one is missing" },
        { "fraction", Good with { ActiveFraction = "80" }, "active_fraction", "a share between 0 and 1" },
        { "no mass", new SampleInput { Name = "a", Capacity = "250mAh/g" }, "electrode_mass", "the active mass is unknown" },
        { "no capacity", Good with { Capacity = null }, "capacity", "it says what 1C is" },
        { "capacity unit", Good with { Capacity = "250Ah/g" }, "capacity", "a nominal capacity of 250000 mAh/g is not plausible" },
        { "ten times the capacity", Good with { Capacity = "2500mAh/g" }, "capacity", "is outside the 50 to 400 mAh/g of insertion materials; check the figure and its unit" },
        { "a tenth of the capacity", Good with { Capacity = "25mAh/g" }, "capacity", "or confirm it with --accept-capacity REASON" },
        { "a reason for the impossible", Good with { Capacity = "5000mAh/g", AcceptCapacity = "hope" }, "capacity", "expected 10 to 4000 mAh/g" },
        { "diameter", Good with { Diameter = "10cm" }, "diameter", "a diameter of 100 mm is not plausible" },
        { "holder", Good with { Holder = "bucket" }, "holder", "expected coin, dems-flow, xrd-window, pouch" },
        { "ocv", Good with { Ocv = "3.6-2.5V" }, "ocv", "the first voltage must be the lower one" },
        { "leading", Good with { Leading = "up" }, "leading", "expected charge" },
        { "name", Good with { Name = "a/b" }, "name", "is no name for a sample" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_value_is_refused_by_field_with_one_sentence(string what, SampleInput input, string field, string message)
    {
        SampleResult result = SampleFactory.Create(input, "kim", At);
        Assert.True(result.Sample is null, what);
        SampleProblem problem = Assert.Single(result.Problems, p => p.Field == field);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_problems_are_told_at_once()
    {
        SampleResult result = SampleFactory.Create(Good with { Name = "", Holder = "box", Capacity = "much" }, "kim", At);
        Assert.Equal(["name", "capacity", "holder"], result.Problems.Select(problem => problem.Field));
    }

    [Fact]
    public void An_amendment_is_a_new_version_with_its_reason_and_keeps_everything_else()
    {
        Sample first = Made(Good);
        Sample second = SampleFactory.Amend(first, new SampleInput { ActiveMass = "2.31mg" }, "foil weighed again", "lee", At.AddDays(1)).Sample!;
        Assert.Equal(
            first with { Version = 2, ActiveMassMilligrams = 2.31, Reason = "foil weighed again", RecordedBy = "lee", RecordedAtUtc = At.AddDays(1) },
            second);
    }

    [Fact]
    public void An_amendment_without_reason_or_with_an_implausible_mass_is_refused()
    {
        SampleResult result = SampleFactory.Amend(Made(Good), new SampleInput { ActiveMass = "2g" }, " ", "lee", At);
        Assert.Null(result.Sample);
        Assert.Equal(["active_mass", "reason"], result.Problems.Select(problem => problem.Field));
    }

    [Fact]
    public void An_unusual_capacity_is_taken_with_a_reason_that_stays_with_the_sample()
    {
        Sample silicon = Made(Good with { Capacity = "3579mAh/g", AcceptCapacity = " silicon " });
        Assert.Equal((3579, "silicon"), (silicon.NominalCapacityMilliampereHoursPerGram, silicon.AcceptedCapacityReason));
        Assert.Equal("silicon", SampleFactory.Amend(silicon, new SampleInput { ActiveMass = "2.1mg" }, "weighed again", "lee", At).Sample!.AcceptedCapacityReason);
        Assert.Null(Made(Good with { AcceptCapacity = "not needed" }).AcceptedCapacityReason);
    }

    [Fact]
    public void Capacity_and_diameter_are_amended_as_the_mass_is()
    {
        Sample second = SampleFactory.Amend(Made(Good), new SampleInput { Capacity = "0.49mAh", Diameter = "12mm" }, "wrong label", "lee", At).Sample!;
        Assert.Equal((245, 12.0, 2.0), (second.NominalCapacityMilliampereHoursPerGram, second.DiameterMillimetres, Math.Round(second.ActiveMassMilligrams, 9)));
    }

    public static TheoryData<string, SampleInput, string, string> WrongChanges => new()
    {
        { "nothing", new SampleInput(), "active_mass", "nothing to amend" },
        { "ten times the capacity", new SampleInput { Capacity = "2500mAh/g" }, "capacity", "check the figure" },
        { "diameter that the mass does not fit", new SampleInput { Diameter = "40mm" }, "diameter", "is a loading of 0.15915 mg/cm2" },
        { "diameter in another unit", new SampleInput { Diameter = "10cm" }, "diameter", "100 mm is not plausible" },
    };

    [Theory]
    [MemberData(nameof(WrongChanges))]
    public void A_wrong_change_is_refused_by_field(string what, SampleInput change, string field, string message)
    {
        SampleResult result = SampleFactory.Amend(Made(Good), change, "why not", "lee", At);
        Assert.True(result.Sample is null, what);
        SampleProblem problem = Assert.Single(result.Problems);
        Assert.Equal(field, problem.Field);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    private static Sample Made(SampleInput input)
    {
        SampleResult result = SampleFactory.Create(input, "kim", At);
        Assert.Empty(result.Problems);
        return result.Sample!;
    }
}
