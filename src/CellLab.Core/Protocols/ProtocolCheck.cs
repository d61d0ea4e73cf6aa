using System.Text.Json.Serialization;
using CellLab.Core.Documents;
using CellLab.Core.Units;

namespace CellLab.Core.Protocols;

/// <summary>What <c>protocol check FILE --json</c> tells: serialised in snake case. Values are SI, charging positive.</summary>
public sealed record ProtocolCheck(
    bool Valid, IReadOnlyList<Finding> Errors, IReadOnlyList<Finding> Warnings, IReadOnlyList<CheckedStep> Steps)
{
    /// <summary>Reads and checks a text the way a submit does. A C-rate without a base is no error here: a protocol is portable, its base comes
    /// with the job. Tags are no steps.</summary>
    public static ProtocolCheck Of(string fileName, string text, CRateBase? rateBase = null, CompileOptions? options = null) =>
        Of(ProtocolReader.Read(fileName, text), rateBase, options);

    /// <summary>The same for what was read by another reader.</summary>
    public static ProtocolCheck Of(ProtocolReading reading, CRateBase? rateBase = null, CompileOptions? options = null)
    {
        if (reading.Protocol is not { } protocol)
        {
            return new ProtocolCheck(false, reading.Errors, reading.Warnings, []);
        }

        Compilation compilation = PortableCheck.Compile(protocol, rateBase, options ?? CompileOptions.None);
        return new ProtocolCheck(
            compilation.Errors.Count == 0,
            compilation.Errors,
            [.. reading.Warnings, .. compilation.Warnings],
            [.. protocol.Steps.Where(step => step is not TagMark).Select(step => CheckedSteps.Of(step, protocol.Record.IntervalSeconds))]);
    }
}

/// <summary>One step; <paramref name="PeriodSeconds"/> is its recording interval.</summary>
public sealed record CheckedStep(
    StepControl Control, IReadOnlyList<StepEnd> Ends, [property: JsonPropertyName("period_s")] double PeriodSeconds);

/// <summary>What is held: kind <c>rest</c> (0), <c>current</c> (A), <c>c-rate</c>, <c>voltage</c> (V), <c>scan</c> (V/s, signed),
/// <c>impedance</c> (amplitude, V or A), <c>loop</c> (passes in total).</summary>
public sealed record StepControl(string Kind, double Value);

/// <summary>One of the alternative ends: kind <c>time</c> (s), <c>voltage</c> (V), <c>current</c> (A) or <c>c-rate</c>, both as magnitudes.</summary>
public sealed record StepEnd(string Kind, string Operator, double Value);
