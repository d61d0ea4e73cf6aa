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
        ProtocolReading reading = ProtocolReader.Read("t.json", Method(
            Tag("a"), Charge, """{"step": "constant_voltage", "voltage_V": 4.8, "until_current_mA": 0.05}""", Discharge, Rest, Loop("a", 2)));
        string json = JsonSerializer.Serialize(ProtocolCheck.Of(reading, ProgramCompiler.Compile(reading.Protocol!, null)), Json);
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
        ProtocolCheck check = ProtocolCheck.Of(ProtocolReader.Read("t.json", Method("""{"step": "rest"}""")), null);
        Assert.False(check.Valid);
        JsonElement error = JsonDocument.Parse(JsonSerializer.Serialize(check, Json)).RootElement.GetProperty("errors")[0];
        Assert.Equal(["file", "line", "column", "message", "hint"], error.EnumerateObject().Select(member => member.Name));
    }
}
