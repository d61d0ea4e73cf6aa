using CellLab.Drivers.Catalog;
using CellLab.Drivers.SrsRga.Decoding;

namespace CellLab.Tests.Drivers.SrsRga;

public sealed class SrsRgaDecoderTests
{
    [Fact]
    public void Texts_and_ion_currents_are_told_apart()
    {
        byte[] received = [.. "0\n\rSRSRGA100VER0.30SN00042\n\r"u8, 0x40, 0x42, 0x0F, 0x00, 0xE0, 0xFF, 0xFF, 0xFF, .. "1.00\n\r"u8, 0x40, 0x42];

        DecodedBytes decoded = new SrsRgaDecoder().Decode(received);

        Assert.Equal(
            """[{"text":"0"},{"text":"SRSRGA100VER0.30SN00042","identity":{"model":"SRS RGA100","serial":"00042","firmware":"0.30"}},"""
            + """{"ion_current_a":1E-10},{"ion_current_a":-3.2E-15},{"text":"1.00"}]""",
            decoded.Document["answers"]!.ToJsonString());
        Assert.Single(decoded.Faults);
    }
}
