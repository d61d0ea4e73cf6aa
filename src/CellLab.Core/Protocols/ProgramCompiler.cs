using CellLab.Core.Documents;
using CellLab.Core.Programs;
using CellLab.Core.Units;

namespace CellLab.Core.Protocols;

/// <summary>Turns a protocol into a program for one cell: rates become currents, tags and entry numbers become step numbers, missing
/// safety limits get their defaults. Finds all errors at once.</summary>
public static class ProgramCompiler
{
    /// <param name="rateBase">The base given by sample or command line; it wins over the file's capacity. Without either, a protocol with a
    /// C-rate is refused: there is no silent base.</param>
    public static Compilation Compile(Protocol protocol, CRateBase? rateBase, CompileOptions? options = null)
    {
        var context = new CompileContext(protocol, options ?? CompileOptions.None, rateBase);
        StepCompiler.CheckCurrentBase(context);
        IReadOnlyList<ProgramStep> steps = StepCompiler.Compile(context);
        Safety.SafetyLimits limits = LimitRules.Complete(context, steps);
        CurrentRules.Check(context, steps, limits);
        ChannelRules.Check(context);
        CutOffRules.Check(context, steps);
        ExitRules.Check(context, steps, limits);
        MeasuredBase? measured = MeasuredBaseCompiler.Compile(context, steps);
        CurrentAccuracyRules.Check(context, steps);
        LengthRules.Check(context, steps);
        SettlingRules.Check(context);
        InstrumentPart? whole = InstrumentPartRules.OfWhole(context);
        return new Compilation(
            context.Errors.Count > 0 ? null : Program(context, steps, limits, measured) is { } program ? program with { InstrumentPart = whole } : null,
            InOrder(context.Errors),
            InOrder(context.Warnings));
    }

    private static CellProgram? Program(CompileContext context, IReadOnlyList<ProgramStep> steps, Safety.SafetyLimits limits, MeasuredBase? measured)
    {
        Protocol protocol = context.Protocol;
        if (steps.Count == 0 || steps.Count != protocol.Steps.Count(step => step is not TagMark))
        {
            return null; // something was left out with a warning: a program of the rest would be another experiment
        }

        var program = new CellProgram(protocol.Name, steps, protocol.Record, limits, context.OneCAmperes ?? 0) { Measured = measured };
        return protocol.RecordIsDefault ? StepRecords.WithDefaults(program, [.. protocol.Steps.Where(step => step is not TagMark)]) : program;
    }

    private static List<Finding> InOrder(IEnumerable<Finding> findings) => [.. findings.Distinct().OrderBy(f => f.Line).ThenBy(f => f.Column)];
}
