namespace CellLab.HardwareSim.MethodScript.Language;

/// <summary>The instrument objects to a script: code, line and column (from 1; column 0 where none is told).</summary>
internal sealed class ScriptFault(int code, int line, int column = 0) : Exception($"{code:X4} line {line} column {column}")
{
    public int Code { get; } = code;

    public int Line { get; } = line;

    public int Column { get; } = column;
}
