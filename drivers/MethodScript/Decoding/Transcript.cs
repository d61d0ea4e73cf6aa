using System.Text.Json.Nodes;
using CellLab.Drivers.MethodScript.Wire;

namespace CellLab.Drivers.MethodScript.Decoding;

/// <summary>What the lines of a recording add up to.</summary>
internal sealed class Transcript
{
    private readonly List<PackageLine> _packages = [];
    private readonly List<Loop> _loops = [];
    private readonly List<string> _texts = [];
    private InstrumentIdentity? _identity;
    private string? _release;
    private string? _serial;
    private string? _language;
    private InstrumentError? _error;
    private Loop? _open;
    private bool _ended;

    public List<string> Faults { get; } = [];

    public void Add(OutputLine line)
    {
        switch (line)
        {
            case PackageLine package:
                _packages.Add(package);
                _open?.Count();
                break;
            case LoopBeginLine begin:
                _open = new Loop(begin.Technique);
                _loops.Add(_open);
                _ended = false;
                break;
            case LoopEndLine:
                _open = null;
                break;
            case TextLine text:
                _texts.Add(text.Text);
                break;
            case ErrorLine error:
                _error ??= error.Error;
                break;
            case ScriptEndLine:
                _ended = true;
                break;
            case ReplyLine reply:
                AddReply(reply);
                break;
        }
    }

    public JsonObject ToJson() => new()
    {
        ["packages"] = new JsonArray([.. _packages.Select(p => new JsonObject { ["variables"] = new JsonArray([.. p.Variables.Select(ToJson)]) })]),
        ["loops"] = new JsonArray([.. _loops.Select(l => l.ToJson())]),
        ["ended"] = _ended,
        ["error"] = _error is null ? null : new JsonObject { ["code"] = _error.CodeText, ["line"] = _error.Line, ["column"] = _error.Column, ["text"] = _error.ToString() },
        ["identity"] = HasIdentity ? IdentityJson() : null,
        ["texts"] = new JsonArray([.. _texts.Select(t => JsonValue.Create(t))]),
        ["faults"] = new JsonArray([.. Faults.Select(f => JsonValue.Create(f))]),
    };

    public List<string> ToLines()
    {
        List<string> lines = [.. _packages.Select(TranscriptText.Of), .. _loops.Select(l => l.ToString()), .. _texts.Select(t => $"text: {t}")];
        if (_identity is not null)
        {
            lines.Insert(0, $"instrument {_identity.Type}, firmware {_identity.Firmware} {_release}, serial {_serial ?? "not told"}");
        }

        lines.Add(_error is null ? (_ended ? "the script ended" : "the script's end is not in the file") : _error.ToString());
        return lines;
    }

    private bool HasIdentity => _identity is not null || _serial is not null || _language is not null;

    private void AddReply(ReplyLine reply)
    {
        switch (reply.Letter)
        {
            case 't':
                _identity = InstrumentIdentity.TryRead(reply.Content) ?? _identity;
                break;
            case 'R' or 'B' when InstrumentIdentity.ReleaseOf(reply) is { } release:
                _release = release;
                break;
            case 'i':
                _serial = reply.Content;
                break;
            case 'v':
                _language = reply.Content;
                break;
            case 'e' or 'r' when reply.Content.Length > 0:
                Add(MethodScriptCodec.Read(reply.Content)); // the acknowledgement shares its line with the first output
                break;
        }
    }

    private JsonObject IdentityJson() => new()
    {
        ["type"] = _identity?.Type,
        ["firmware"] = _identity?.Firmware,
        ["release"] = _release,
        ["serial"] = _serial,
        ["methodscript"] = _language,
    };

    private static JsonObject ToJson(PackageVariable variable) => new()
    {
        ["type"] = variable.Type,
        ["raw"] = variable.Raw,
        ["value"] = variable.Value,
        ["unit"] = VariableTypes.UnitOf(variable.Type),
        ["status"] = (int?)variable.Status,
        ["status_text"] = variable.Status is { } status ? TranscriptText.Of(status) : null,
        ["range"] = variable.Range,
        ["noise"] = variable.Noise,
    };

    private sealed class Loop(int technique)
    {
        private int _packages;

        public void Count() => _packages++;

        public JsonObject ToJson() => new()
        {
            ["technique"] = Techniques.NameOf(technique), ["technique_number"] = technique, ["packages"] = _packages,
        };

        public override string ToString() => $"loop {Techniques.NameOf(technique)}: {_packages} packages";
    }
}
