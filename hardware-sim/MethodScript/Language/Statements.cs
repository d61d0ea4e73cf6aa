namespace CellLab.HardwareSim.MethodScript.Language;

/// <summary>A word of a script with its place, from 1.</summary>
internal readonly record struct Word(string Text, int Line, int Column);

/// <summary>An argument: a variable, or a literal. Types and texts are in <paramref name="Word"/>.</summary>
internal sealed record Operand(Word Word, string? Variable, ScriptValue Literal);

internal sealed record Condition(Operand Left, string Operator, Operand Right);

internal abstract record Statement(int Line);

internal sealed record Command(string Name, IReadOnlyList<Operand> Arguments, int Line) : Statement(Line);

/// <summary>The first branch whose condition holds; a null condition is <c>else</c>.</summary>
internal sealed record Choice(IReadOnlyList<(Condition? When, IReadOnlyList<Statement> Then)> Branches, int Line) : Statement(Line);

internal sealed record Repetition(Condition While, IReadOnlyList<Statement> Body, int Line) : Statement(Line);

/// <param name="Scans">Of <c>nscans(n)</c>; 1 without.</param>
internal sealed record Measurement(string Name, IReadOnlyList<Operand> Arguments, int Scans, IReadOnlyList<Statement> Body, int Line) : Statement(Line);

/// <param name="OnFinished">Run after the normal end and after an abort.</param>
internal sealed record Script(IReadOnlyList<string> Variables, IReadOnlyList<Statement> Main, IReadOnlyList<Statement> OnFinished);
