using System.Text.Json.Serialization;
using CellLab.Core.Documents;

namespace CellLab.Core.Protocols;

/// <summary>What <c>protocol check FILE --json</c> tells: serialised in snake case. Values are SI, charging positive.</summary>
public sealed record ProtocolCheck(
    bool Valid, IReadOnlyList<Finding> Errors, IReadOnlyList<Finding> Warnings, IReadOnlyList<CheckedStep> Steps)
{
    /// <summary>The findings of reading and, when it came to that, of compiling. Tags are no steps.</summary>
    public static ProtocolCheck Of(ProtocolReading reading, Compilation? compilation)
    {
        Finding[] errors = [.. reading.Errors, .. compilation?.Errors ?? []];
        Finding[] warnings = [.. reading.Warnings, .. compilation?.Warnings ?? []];
        CheckedStep[] steps = reading.Protocol is { } protocol
            ? [.. protocol.Steps.Where(step => step is not TagMark).Select(step => CheckedSteps.Of(step, protocol.Record.IntervalSeconds))]
            : [];
        return new ProtocolCheck(errors.Length == 0, errors, warnings, steps);
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
