using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CellLab.Service.Labels;

namespace CellLab.Tests.Service.Labels;

public sealed class LabelTests
{
    private const string Harvest = """
        {"sample": "LMNO <3>", "job": "a1b2c3d4", "voltage_v": 4.5998, "open_circuit_v": 4.4312, "q_total_mah_g": 251.44, "x_li": 0.4023, "cycle": 1, "reached_utc": "2026-03-01T08:00:00Z",
         "taken_out_utc": "2026-03-01T09:30:00Z", "by": "anna", "text": null}
        """;

    [Fact]
    public void A_label_has_the_sample_its_state_and_the_times() => Assert.Equal(
        ["LMNO <3>", "E = 4.5998 V, out at 4.431 V", "Q = 251.4 mAh/g, x = 0.402", "cycle 1", "reached 2026-03-01 08:00 UTC", "out 2026-03-01 09:30 UTC", "job a1b2c3d4, anna"],
        HarvestLabel.Lines(JsonElement.Parse(Harvest)));

    [Fact]
    public void The_page_needs_nothing_else_and_names_cannot_become_markup()
    {
        string html = HarvestLabel.Html(new Uri("http://127.0.0.1:8070/#/job/a1b2c3d4"), [JsonElement.Parse(Harvest)]);

        Assert.DoesNotMatch("<script|src=|href=|<3>", html);
        Assert.Contains("<svg", html, StringComparison.Ordinal);
    }

    /// <summary>These four were read back by zbarimg from a picture of the page.</summary>
    [Theory]
    [InlineData("http://a/1", 21, "2a0ad1c641f64494")]
    [InlineData("http://127.0.0.1:8070/#/job/1hmdnh6xk1ak", 29, "5c4bbc4582109a6c")]
    [InlineData("https://cell-lab.example.org:8443/celllab/#/job/1hmdnh6xk1ak", 33, "9c156a76bac93347")]
    [InlineData("https://a-rather-long-name-of-a-laboratory.department.example.org:8443/celllab/#/job/1hmdnh6xk1ak?from=2", 41, "e23c7d5d2b588a27")]
    public void Codes_are_those_that_a_reader_has_read(string text, int size, string checksum)
    {
        QrCode code = QrCode.Of(text);
        string modules = string.Concat(Enumerable.Range(0, code.Size * code.Size).Select(place => code[place / code.Size, place % code.Size] ? '1' : '0'));

        Assert.Equal((size, checksum), (code.Size, Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(modules)))[..16]));
    }

    [Fact]
    public void Too_long_a_text_is_refused() => Assert.Throws<ArgumentException>(() => QrCode.Of(new string('x', 107)));
}
