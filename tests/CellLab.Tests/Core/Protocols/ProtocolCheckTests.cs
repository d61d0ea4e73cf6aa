using System.Text.Json;
using CellLab.Core.Protocols;
using static CellLab.Tests.Core.Protocols.UnicyclerTexts;

namespace CellLab.Tests.Core.Protocols;

public sealed class ProtocolCheckTests
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    [Fact]
    public void A_checked_protocol_tells_control_ends_and_period_of_every_step()
    {
        ProtocolCheck check = ProtocolCheck.Of("t.json", Method(
            Tag("a"), Charge, """{"step": "constant_voltage", "voltage_V": 4.8, "until_current_mA": 0.05}""", Discharge, Rest, Loop("a", 2)));
        string json = JsonSerializer.Serialize(check, Json);
        JsonElement root = JsonDocument.Parse(json).RootElement;
        Assert.True(root.GetProperty("valid").GetBoolean());
        Assert.Equal(
            [
                """{"control":{"kind":"c-rate","value":0.1},"ends":[{"kind":"voltage","operator":"\u003E=","value":4.8}],"period_s":30}""",
                """{"control":{"kind":"voltage","value":4.8},"ends":[{"kind":"current","operator":"\u003C=","value":5E-05}],"period_s":30}""",
                """{"control":{"kind":"c-rate","value":-0.1},"ends":[{"kind":"voltage","operator":"\u003C=","value":2}],"period_s":30}""",
                """{"control":{"kind":"rest","value":0},"ends":[{"kind":"time","operator":"\u003E=","value":60}],"period_s":30}""",
                """{"control":{"kind":"loop","value":2},"ends":[],"period_s":30}""",
            ],
            root.GetProperty("steps").EnumerateArray().Select(step => step.GetRawText()));
    }

    [Fact]
    public void A_bad_protocol_is_not_valid_and_its_errors_have_file_line_column_message_and_hint()
    {
        ProtocolCheck check = ProtocolCheck.Of("t.json", Method("""{"step": "rest"}"""));
        Assert.False(check.Valid);
        JsonElement error = JsonDocument.Parse(JsonSerializer.Serialize(check, Json)).RootElement.GetProperty("errors")[0];
        Assert.Equal(["file", "line", "column", "message", "hint"], error.EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public void A_portable_protocol_without_a_base_is_valid_and_says_that_currents_were_not_checked()
    {
        ProtocolCheck check = ProtocolCheck.Of("rate-map.json", RepositoryFiles.Text("config", "protocols", "rate-map.json"));
        Assert.True(check.Valid);
        Assert.Equal("step 2 (constant_current): its C-rate has no base current yet", Assert.Single(check.Warnings).Message);
        Assert.Equal(24, check.Steps.Count);
    }

    [Fact]
    public void What_does_not_depend_on_the_base_is_checked_without_one()
    {
        string text = RepositoryFiles.Text("config", "protocols", "rate-map.json").Replace("4.9", "4.7", StringComparison.Ordinal);
        ProtocolCheck check = ProtocolCheck.Of("rate-map.json", text);
        Assert.False(check.Valid);
        Assert.Contains("lies inside the cut-off window", Assert.Single(check.Errors).Message, StringComparison.Ordinal);
    }
}
