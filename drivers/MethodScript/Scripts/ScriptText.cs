namespace CellLab.Drivers.MethodScript.Scripts;

/// <summary>Collects the lines of a script. No empty lines and no comments: an empty line ends a script on the wire.</summary>
internal sealed class ScriptText
{
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines => _lines;

    public ScriptText Add(params ReadOnlySpan<string> lines)
    {
        foreach (string line in lines)
        {
            _lines.Add(line);
        }

        return this;
    }

    public ScriptText Variables(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            _lines.Add($"var {name}");
        }

        return this;
    }

    public ScriptText Package(params ReadOnlySpan<string> names)
    {
        _lines.Add("pck_start");
        foreach (string name in names)
        {
            _lines.Add($"pck_add {name}");
        }

        _lines.Add("pck_end");
        return this;
    }

    public ScriptText If(string condition, params ReadOnlySpan<string> then) => Add($"if {condition}").Add(then).Add("endif");

    /// <summary>Run after the normal end and after an abort.</summary>
    public ScriptText CellOffAtTheEnd() => Add("on_finished:", "cell_off");
}
