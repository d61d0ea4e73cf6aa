using CellLab.Core.Documents;
using CellLab.Core.Units;

namespace CellLab.Core.Protocols;

/// <summary>One compilation under way: what is compiled, with which base, and what was found.</summary>
internal sealed class CompileContext(Protocol protocol, CompileOptions options, CRateBase? rateBase)
{
    public Protocol Protocol { get; } = protocol;

    public CompileOptions Options { get; } = options;

    public List<Finding> Errors { get; } = [];

    public List<Finding> Warnings { get; } = [];

    /// <summary>The base of sample or command line, in amperes for 1C.</summary>
    public double? GivenOneCAmperes { get; } = rateBase?.OneCAmperes ?? options.CapacityAmpereHours;

    /// <summary>The base of sample or command line per gram; null when only a cell's capacity is known.</summary>
    public double? GivenMilliampereHoursPerGram { get; } = rateBase?.MilliampereHoursPerGram;

    /// <summary>The active mass of the cell; null when it is not known.</summary>
    public double? ActiveMassGrams { get; } = rateBase?.ActiveMassMilligrams * 1e-3;

    /// <summary>The base in force, in amperes for 1C (numerically the capacity in Ah); null without one.</summary>
    public double? OneCAmperes => GivenOneCAmperes ?? Protocol.CapacityAmpereHours;

    public void Error(ProtocolStep step, string message, string? hint = null) => Errors.Add(At(step.At, $"{step.Label}: {message}", hint));

    public void Error(SourcePosition at, string message, string? hint = null) => Errors.Add(At(at, message, hint));

    public void Warn(ProtocolStep step, string message, string? hint = null) => Warnings.Add(At(step.At, $"{step.Label}: {message}", hint));

    public void Warn(SourcePosition at, string message, string? hint = null) => Warnings.Add(At(at, message, hint));

    /// <summary>Notes what no tester's program can do.</summary>
    public void CannotRun(ProtocolStep step, string message, string hint) =>
        (Options.ToleratesWhatCannotRun ? Warnings : Errors).Add(At(step.At, $"{step.Label}: {message}", hint));

    private Finding At(SourcePosition at, string message, string? hint) => new(Protocol.File, at.Line, at.Column, message, hint);
}
