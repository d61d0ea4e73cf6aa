using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CellLab.Drivers.Autolab.Wire;

namespace CellLab.Drivers.Autolab.Decoding;

/// <summary>What the lines of a bridge add up to.</summary>
internal sealed class BridgeTranscript
{
    private static readonly JsonDocumentOptions s_strict = new() { AllowDuplicateProperties = false };

    private readonly JsonArray _answers = [];
    private readonly JsonArray _refusals = [];
    private readonly JsonArray _alarms = [];
    private readonly List<BridgeRun> _runs = [];
    private long? _sequence;
    private int _lost;

    public List<string> Lines { get; } = [];

    public List<string> Faults { get; } = [];

    public void Add(BridgeLine line, int number)
    {
        switch (line)
        {
            case AnswerLine answer:
                JsonObject sound = Sound(answer.Body);
                _answers.Add(sound);
                Lines.Add($"answer {answer.Id}: {Told(sound)}");
                break;
            case RefusalLine refusal:
                _refusals.Add(new JsonObject { ["id"] = refusal.Id, ["code"] = refusal.Code, ["message"] = refusal.Message });
                Lines.Add($"refusal {refusal.Id?.ToString(CultureInfo.InvariantCulture) ?? "of no request"}: {refusal.Code}: {refusal.Message}");
                break;
            case EventLine happened:
                Count(happened, number);
                Add(happened);
                break;
        }
    }

    public JsonObject ToJson() => new()
    {
        ["answers"] = _answers,
        ["refusals"] = _refusals,
        ["runs"] = new JsonArray([.. _runs.Select(run => run.ToJson())]),
        ["alarms"] = _alarms,
        ["events_lost"] = _lost,
        ["faults"] = new JsonArray([.. Faults.Select(fault => JsonValue.Create(fault))]),
    };

    /// <summary>Texts are unescaped late: an answer that could not be written again later is refused here.</summary>
    /// <exception cref="BridgeFormatException">A text or a name is damaged, or a member stands twice.</exception>
    private static JsonObject Sound(JsonElement body)
    {
        try
        {
            var sound = (JsonObject)JsonNode.Parse(body.GetRawText(), null, s_strict)!;
            sound.ToJsonString();
            return sound;
        }
        catch (Exception damaged) when (damaged is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new BridgeFormatException($"an answer that cannot be read: {damaged.Message}");
        }
    }

    private void Add(EventLine line)
    {
        switch (line)
        {
            case AlarmLine alarm:
                _alarms.Add(new JsonObject { ["code"] = alarm.Code, ["text"] = alarm.Text });
                Lines.Add($"alarm {alarm.Code}: {alarm.Text}");
                break;
            case RunEventLine part:
                Lines.Add($"{part.Run}: {RunOf(part.Run).Add(part)}");
                break;
            case OtherEventLine other:
                Lines.Add($"event {other.Name}");
                break;
        }
    }

    /// <summary>Numbers begin at 1 with every connection; a recording may hold several.</summary>
    private void Count(EventLine line, int number)
    {
        if (line.Sequence > 1 && _sequence is { } last && line.Sequence != last + 1)
        {
            _lost += (int)Math.Clamp(line.Sequence - last - 1, 0, int.MaxValue - _lost);
            Faults.Add($"line {number}: event {line.Sequence} follows event {last}");
        }

        _sequence = line.Sequence;
    }

    private BridgeRun RunOf(string id)
    {
        if (_runs.Find(run => run.Id == id) is { } known)
        {
            return known;
        }

        var run = new BridgeRun(id);
        _runs.Add(run);
        return run;
    }

    private static string Told(JsonObject answer) => string.Join(
        "  ", answer.Where(member => member.Key is not ("id" or "ok")).Select(member => $"{member.Key} {member.Value?.ToJsonString() ?? "null"}"));
}
