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
        return new Compilation(
            context.Errors.Count > 0 ? null : new CellProgram(protocol.Name, steps, protocol.Record, limits, context.OneCAmperes ?? 0),
            InOrder(context.Errors),
            InOrder(context.Warnings));
    }

    private static List<Finding> InOrder(IEnumerable<Finding> findings) => [.. findings.OrderBy(f => f.Line).ThenBy(f => f.Column)];
}
