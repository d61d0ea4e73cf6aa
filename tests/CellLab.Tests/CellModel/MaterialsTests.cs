using CellLab.CellModel;

namespace CellLab.Tests.CellModel;

public sealed class MaterialsTests
{
    [Fact]
    public void Numbers_of_a_material_are_replaced_by_their_names_and_nothing_else_changes()
    {
        CellParameters shipped = Materials.Get("LMNO");
        CellParameters changed = Materials.With("lmno", new Dictionary<string, double> { ["q1"] = 280, ["xrd.two_theta_charged"] = 18.2 });

        Assert.Equal((280.0, 18.2, shipped.PristineCapacity), (changed.ActivatedCapacity, changed.Diffraction.TwoThetaCharged, changed.PristineCapacity));
        Assert.Equal(264, shipped.ActivatedCapacity);
    }

    [Theory]
    [InlineData("q9")]
    [InlineData("xrd")]
    [InlineData("ocv.no")]
    public void A_name_that_is_no_number_of_the_material_is_refused(string name) =>
        Assert.Contains(name, Assert.Throws<ArgumentException>(() => Materials.With("LMNO", new Dictionary<string, double> { [name] = 1 })).Message, StringComparison.Ordinal);
}
