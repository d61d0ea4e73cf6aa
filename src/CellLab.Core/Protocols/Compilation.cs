using CellLab.Core.Documents;
using CellLab.Core.Programs;

namespace CellLab.Core.Protocols;

/// <summary>A program, or every reason why the protocol cannot be one. <paramref name="Program"/> is null when there are errors.</summary>
public sealed record Compilation(CellProgram? Program, IReadOnlyList<Finding> Errors, IReadOnlyList<Finding> Warnings);
