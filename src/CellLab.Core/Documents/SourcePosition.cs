namespace CellLab.Core.Documents;

/// <summary>A place in a text; line and column count characters from 1.</summary>
public readonly record struct SourcePosition(int Line, int Column);
