using CellLab.HardwareSim.Cells;
using CellLab.HardwareSim.MethodScript.Electronics;
using CellLab.HardwareSim.MethodScript.Language;

namespace CellLab.HardwareSim.MethodScript.Running;

/// <summary>What a running script works on.</summary>
/// <param name="Emit">Takes one line of output.</param>
/// <param name="SelectRegulation">The regulation of a mode number; null where this model does not have it.</param>
internal sealed record ScriptContext(
    InstrumentModel Model, Terminals Terminals, Front Front, Action<string> Emit, Func<int, RegulationMode?> SelectRegulation);

/// <summary>Variables and the clock of one run.</summary>
internal sealed class ScriptMemory(Script script, double startSeconds)
{
    private readonly Dictionary<string, ScriptValue> _values = script.Variables.ToDictionary(name => name, _ => default(ScriptValue) with { Type = "aa" });

    /// <summary>Lab seconds up to which the script has come.</summary>
    public double Now { get; set; } = startSeconds;

    public double TimerStart { get; set; } = startSeconds;

    public List<ScriptValue>? Package { get; set; }

    public int Pins { get; set; }

    public ScriptValue ValueOf(Operand operand) => operand.Variable is { } name ? _values[name] : operand.Literal;

    public double NumberOf(Operand operand) => ValueOf(operand).Number;

    public void Set(Operand operand, ScriptValue value) => _values[operand.Variable!] = value;

    public bool Holds(Condition condition)
    {
        double left = NumberOf(condition.Left);
        double right = NumberOf(condition.Right);
        return condition.Operator switch
        {
            "==" => left == right,
            "!=" => left != right,
            "<" => left < right,
            "<=" => left <= right,
            ">" => left > right,
            _ => left >= right,
        };
    }
}
