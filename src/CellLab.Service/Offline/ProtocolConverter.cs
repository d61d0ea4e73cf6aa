using CellLab.Core.Documents;
using CellLab.Core.Protocols;
using CellLab.Core.Protocols.PyBamm;
using CellLab.Core.Protocols.Unicycler;
using CellLab.Drivers.Neware.StepFile;

namespace CellLab.Service.Offline;

/// <summary>Writes a protocol in another program's format, without a service.</summary>
public static class ProtocolConverter
{
    public const string Neware = "neware";
    public const string Unicycler = "unicycler";
    public const string PyBamm = "pybamm";

    /// <param name="wall">Dates the file where the format has a date.</param>
    public static ConvertedProtocol Convert(ConversionRequest request, TimeProvider wall)
    {
        ProtocolReading reading = ProtocolSource.Read(request.FileName, request.Text, request.Settings);
        if (reading.Protocol is not { } protocol)
        {
            return new ConvertedProtocol(null, reading.Errors);
        }

        return request.Target switch
        {
            Neware => ToNeware(request, protocol, reading.Warnings, wall),
            Unicycler => ToUnicycler(request, protocol, reading.Warnings),
            PyBamm => ToPyBamm(request, protocol, reading.Warnings),
            _ => throw new ArgumentException($"'{request.Target}' is no target; known are {Neware}, {Unicycler} and {PyBamm}", nameof(request)),
        };
    }

    private static ConvertedProtocol ToPyBamm(ConversionRequest request, Protocol given, IReadOnlyList<Finding> warnings)
    {
        Protocol protocol = CurrentThenHold.Split(StepPeriods.AtTheSteps(given, OneC(request, given)), out IReadOnlyList<Finding> split);
        if (Problems(request, protocol, PyBamm) is { Count: > 0 } problems)
        {
            return new ConvertedProtocol(null, problems);
        }

        string? text = PyBammWriter.Write(protocol, out IReadOnlyList<Finding> findings);
        return new ConvertedProtocol(text, [.. warnings, .. split, .. findings, .. ExportLosses.PyBamm(protocol)]);
    }

    private static ConvertedProtocol ToUnicycler(ConversionRequest request, Protocol given, IReadOnlyList<Finding> warnings)
    {
        Protocol whole = StepPeriods.InOneRule(given, OneC(request, given), out IReadOnlyList<Finding> coarser);
        Protocol protocol = CurrentThenHold.Split(whole, out IReadOnlyList<Finding> split);
        return Problems(request, protocol, Unicycler) is { Count: > 0 } problems
            ? new ConvertedProtocol(null, problems)
            : new ConvertedProtocol(
                UnicyclerWriter.Write(protocol, request.Sample, request.OneCAmpereHours), [.. warnings, .. split, .. coarser, .. ExportLosses.Unicycler(protocol)]);
    }

    /// <summary>1C, A.</summary>
    private static double? OneC(ConversionRequest request, Protocol protocol) => request.OneCAmpereHours ?? protocol.CapacityAmpereHours;

    private static IReadOnlyList<Finding> Problems(ConversionRequest request, Protocol protocol, string format) =>
        [.. ExportProblems.Of(protocol, format), .. request.AcceptLosses ? [] : InstrumentPartLosses.Deciding(protocol, format)];

    private static ConvertedProtocol ToNeware(ConversionRequest request, Protocol protocol, IReadOnlyList<Finding> warnings, TimeProvider wall)
    {
        if ((request.Sample ?? protocol.SampleName) is not { Length: > 0 } && protocol.InstrumentPart is null)
        {
            return Refused(request, "the file names no sample, and a step file needs one", "give --sample NAME");
        }

        Compilation compilation = ProgramCompiler.Compile(
            protocol, request.Base, new CompileOptions { CapacityAmpereHours = request.CapacityAmpereHours, ProgramFormat = NewareStepFile.Format });
        if (compilation.Program?.WithoutDecisions() is not { } program)
        {
            return new ConvertedProtocol(null, compilation.Errors);
        }

        IReadOnlyList<string> problems = NewareStepFile.Problems(program);
        return problems.Count > 0
            ? new ConvertedProtocol(null, [.. problems.Select(problem => new Finding(request.FileName, 0, 0, problem))])
            : new ConvertedProtocol(
                NewareStepFile.WriteAgain(program, protocol, request.Sample, wall.GetLocalNow(), Guid.NewGuid(), request.Base?.ActiveMassMilligrams),
                [.. warnings, .. compilation.Warnings, .. ExportLosses.Neware(protocol)]);
    }

    private static ConvertedProtocol Refused(ConversionRequest request, string message, string hint) =>
        new(null, [new Finding(request.FileName, 0, 0, message, hint)]);
}
