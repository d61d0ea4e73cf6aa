using CellLab.Core.Samples;

namespace CellLab.Tests.Core.Samples;

public sealed class ChemicalFormulaTests
{
    [Fact]
    public void Molar_mass_and_lithium_of_the_paper_s_oxide_and_x_after_a_charge()
    {
        ChemicalFormula formula = ChemicalFormula.TryParse("Li1.2Mn0.6Ni0.2O2")!;

        Assert.Equal(85.03, formula.MolarMassGramsPerMole, 0.01);
        Assert.Equal(1.2, formula.Lithium, 1e-12);
        Assert.Equal(1.2 - (300 * 85.03 / 26801.48), formula.LithiumAfter(300), 1e-4);
        Assert.Equal(0, formula.LithiumAfter(1.2 * 26801.4811 / formula.MolarMassGramsPerMole), 1e-8); // all of it
    }

    [Theory]
    [InlineData("")]
    [InlineData("Li(NiMn)O2")]
    [InlineData("LMNO")]
    [InlineData("Li1.2.3O2")]
    [InlineData("Li O2")]
    public void What_is_no_formula_is_refused(string text) => Assert.Null(ChemicalFormula.TryParse(text));
}
