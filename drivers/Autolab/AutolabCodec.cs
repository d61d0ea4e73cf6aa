using System.Text.Json;
using CellLab.Drivers.Autolab.Wire;

namespace CellLab.Drivers.Autolab;

/// <summary>Lines of the bridge's protocol to their meaning: one JSON object a line, SI units.</summary>
internal static class AutolabCodec
{
    /// <summary>Bytes in a line.</summary>
    public const int LongestLine = 65536;

    /// <exception cref="BridgeFormatException">Not a line of this protocol.</exception>
    public static BridgeLine Read(ReadOnlySpan<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            JsonElement body = JsonElement.ParseValue(ref reader);
            if (reader.BytesConsumed != line.TrimEnd("\r"u8).Length || body.ValueKind != JsonValueKind.Object)
            {
                throw new BridgeFormatException("not one JSON object on a line");
            }

            var members = new BridgeMembers(body);
            return members.Has("ev") ? Event(members) : Answer(members, body);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new BridgeFormatException($"not one JSON object on a line: {e.Message}");
        }
    }

    private static BridgeLine Answer(BridgeMembers members, JsonElement body)
    {
        if (members.Flag("ok"))
        {
            return new AnswerLine(members.Whole("id"), body);
        }

        BridgeMembers error = members.Object("error");
        return new RefusalLine(members.OptionalWhole("id"), error.Text("code"), error.Text("message"));
    }

    private static EventLine Event(BridgeMembers members)
    {
        long sequence = members.Whole("seq");
        string name = members.Text("ev");
        return name switch
        {
            "alive" => new AliveLine(sequence),
            "alarm" => new AlarmLine(sequence, members.Text("code"), members.Text("text")),
            "started" => new StartedLine(sequence, members.Text("run")),
            "step" => new StepLine(
                sequence, members.Text("run"), members.Whole("count"), members.Whole("step"), members.Number("t_s"), members.OptionalNumber("e_oc_V")),
            "sample" => new SampleLine(
                sequence, members.Text("run"), members.Number("t_s"), members.OptionalNumber("e_V"), members.OptionalNumber("i_A"), members.Flag("overload")),
            "eis" => new PointLine(
                sequence, members.Text("run"), members.Whole("n"), members.Number("f_Hz"), members.OptionalNumber("zre_ohm"), members.OptionalNumber("zim_ohm"),
                members.Flag("overload")),
            "finished" => new FinishedLine(
                sequence, members.Text("run"), members.Text("reason"), members.Number("t_s"), members.Flag("cell_off"), members.OptionalText("code"),
                members.OptionalText("text")),
            _ => new OtherEventLine(sequence, name),
        };
    }
}
