using CellLab.Core.Documents;
using CellLab.Core.Units;

namespace CellLab.Core.Protocols;

/// <summary>Finds what is wrong with the rest of a text that could not be read as a whole, so that all errors are told at once.</summary>
public static class ReadableParts
{
    /// <summary>Every error of the text, those of reading and those of its readable parts, by line. No program comes of it.</summary>
    public static IReadOnlyList<Finding> Errors(ProtocolReading reading, CRateBase? rateBase, CompileOptions options) =>
        Check(reading, rateBase, options, ProgramCompiler.Compile).Errors;

    internal static Compilation Check(
        ProtocolReading reading, CRateBase? rateBase, CompileOptions options, Func<Protocol, CRateBase?, CompileOptions, Compilation> compile)
    {
        IReadOnlyList<Finding> mass = options.MassIsRegistered ? [] : ProtocolCheck.MassErrors(reading.Readable?.File ?? reading.Errors[0].File ?? "", rateBase, options.Holder);
        if (reading.Readable is not { } readable)
        {
            return new Compilation(null, [.. mass, .. reading.Errors], reading.Warnings);
        }

        Compilation rest = compile(readable, rateBase, options);
        return new Compilation(null, Joined([.. mass, .. reading.Errors], rest.Errors), Joined(reading.Warnings, rest.Warnings));
    }

    /// <summary>What is said of a place that has been spoken of already follows from that.</summary>
    private static List<Finding> Joined(IReadOnlyList<Finding> read, IReadOnlyList<Finding> compiled) =>
    [
        .. read.Concat(compiled.Where(finding => !read.Any(known => known.Line > 0 && known.Line == finding.Line && known.Column == finding.Column)))
            .Distinct().OrderBy(finding => finding.Line).ThenBy(finding => finding.Column),
    ];
}
