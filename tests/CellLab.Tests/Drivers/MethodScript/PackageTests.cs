using CellLab.Drivers.MethodScript;
using CellLab.Drivers.MethodScript.Wire;

namespace CellLab.Tests.Drivers.MethodScript;

/// <summary>Golden lines from published recordings and the maker's protocol documents.</summary>
public sealed class PackageTests
{
    [Theory]
    [InlineData("Pda8000800u;ba8000800u,10,20B", "da", 2.048e-3)]
    [InlineData("Pda8000800u;ba8000800u,10,20B", "ba", 2.048e-3)]
    [InlineData("PdaDF5CB18n;ba9699F74p,14,218,40", "da", 0.099994392)]
    [InlineData("PdaDF5CB18n;ba9699F74p,14,218,40", "ba", 23.699316e-6)]
    [InlineData("Pja8000001i;da7F0BDF9u;ba7678CD7p,10,20F,40", "ja", 1)]
    [InlineData("Pja8000001i;da7F0BDF9u;ba7678CD7p,10,20F,40", "da", -0.999943)]
    [InlineData("Pja8000001i;da7F0BDF9u;ba7678CD7p,10,20F,40", "ba", -9.990953e-6)]
    [InlineData("Peb9570C36u;ba898E141p,10,20F,40", "eb", 22.481974)]
    [InlineData("Peb9570C36u;ba898E141p,10,20F,40", "ba", 10.019137e-6)]
    [InlineData("PdcDF5DFF4u;cc896D904m,10,287;cd82DB1A8u,10,287", "dc", 99.999732)]
    [InlineData("PdcDF5DFF4u;cc896D904m,10,287;cd82DB1A8u,10,287", "cc", 9885.956)]
    [InlineData("PdcDF5DFF4u;cc896D904m,10,287;cd82DB1A8u,10,287", "cd", 2.9946)]
    [InlineData("PdcAFAF080m;cc80509BEm,10,288;cd4F0E6CCu,10", "dc", 50000)]
    [InlineData("PdcAFAF080m;cc80509BEm,10,288;cd4F0E6CCu,10", "cc", 330.174)]
    [InlineData("PdcAFAF080m;cc80509BEm,10,288;cd4F0E6CCu,10", "cd", -51.32114)]
    [InlineData("Pdc8030D40 ;cc     nan,14,288;cd     nan,14,202", "dc", 200000)]
    [InlineData("Pda800000Am", "da", 0.01)]
    [InlineData("Pda7FFFFF6m", "da", -0.01)]
    [InlineData("PdaDF5E100n", "da", 0.1)]
    [InlineData("Pda8000000 ", "da", 0)]
    [InlineData("Pda8000000", "da", 0)]
    public void A_published_line_gives_its_published_value(string line, string type, double value)
    {
        var package = Assert.IsType<PackageLine>(MethodScriptCodec.Read(line));
        double read = package.ValueOf(type)!.Value;
        Assert.True(Math.Abs(read - value) <= 6e-5 * Math.Abs(value), $"{read} instead of {value}");
    }

    [Fact]
    public void Status_range_and_noise_stand_with_their_value()
    {
        var package = (PackageLine)MethodScriptCodec.Read("PdaDF5CB18n;ba9699F74p,14,218,40");
        Assert.Equal(new PackageVariable("da", "DF5CB18n", 0.099994392, null, null, null), package.Variables[0]);
        Assert.Equal((PackageStatus.Underload, 0x18, 0), (package.Variables[1].Status, package.Variables[1].Range, package.Variables[1].Noise));
        Assert.Equal(PackageStatus.Underload, package.Status);
    }

    [Fact]
    public void Not_a_number_is_no_value_and_keeps_its_status()
    {
        var package = (PackageLine)MethodScriptCodec.Read("Pdc8030D40 ;cc     nan,14,288;cd     nan,14,202");
        Assert.Null(package.ValueOf("cc"));
        Assert.Equal(PackageStatus.Underload, package.Variables[2].Status);
        Assert.Equal(0x02, package.Variables[2].Range);
    }

    [Fact]
    public void Unknown_metadata_is_skipped() =>
        Assert.Equal(0x0B, ((PackageLine)MethodScriptCodec.Read("Pba8000800u,7ABC,10,20B")).Variables[0].Range);

    [Theory]
    [InlineData("P")]
    [InlineData("Pda")]
    [InlineData("Pda80008")]
    [InlineData("Pda8000800x")]
    [InlineData("PdaG000800u")]
    [InlineData("PD18000800u")]
    [InlineData("Pda8000800u;")]
    [InlineData("Pda8000800u,1")]
    [InlineData("Pda8000800u,2zz")]
    [InlineData("M")]
    [InlineData("Mxyz")]
    [InlineData("*x")]
    [InlineData("!12")]
    [InlineData("l!40")]
    public void A_broken_line_is_a_format_fault(string line) =>
        Assert.Throws<MethodScriptFormatException>(() => MethodScriptCodec.Read(line));

    [Theory]
    [InlineData("l!4001: Line 3, Col 5", 'l', 0x4001, 3, 5)]
    [InlineData("!0032: Line 12", null, 0x0032, 12, null)]
    [InlineData("Z!0006", 'Z', 0x0006, null, null)]
    public void Errors_tell_command_code_line_and_column(string line, char? letter, int code, int? at, int? column)
    {
        InstrumentError error = Assert.IsType<ErrorLine>(MethodScriptCodec.Read(line)).Error;
        Assert.Equal(new InstrumentError(letter, code, at, column), error);
    }

    [Theory]
    [InlineData("es4_hr1100#Jan 28 2022 11:04:43", "es4_hr", "1.1.00", "Jan 28 2022 11:04:43")]
    [InlineData("espico10", "espico", "1.0", null)]
    public void An_identity_is_type_firmware_and_build_date(string content, string type, string firmware, string? built)
    {
        Assert.Equal(new InstrumentIdentity(type, firmware, built), InstrumentIdentity.TryRead(content));
        Assert.Null(InstrumentIdentity.TryRead("es4"));
    }
}
