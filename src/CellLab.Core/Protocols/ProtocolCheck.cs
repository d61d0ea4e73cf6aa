using System.Text.Json.Serialization;
using CellLab.Core.Documents;
using CellLab.Core.Programs;
using CellLab.Core.Samples;
using CellLab.Core.Units;

namespace CellLab.Core.Protocols;

/// <summary>What <c>protocol check FILE --json</c> tells: serialised in snake case. Values are SI, charging positive.</summary>
public sealed record ProtocolCheck(
    bool Valid, IReadOnlyList<Finding> Errors, IReadOnlyList<Finding> Warnings, IReadOnlyList<CheckedStep> Steps)
{
    /// <summary>Current range and errors of the steps on the cell that the check was made for; empty when the cell is not known.</summary>
    public IReadOnlyList<CheckedCurrent> Currents { get; init; } = [];

    /// <summary>Reads and checks a text the way a submit does. A C-rate without a base is no error here: a protocol is portable, its base comes
    /// with the job. Tags are no steps.</summary>
    public static ProtocolCheck Of(string fileName, string text, CRateBase? rateBase = null, CompileOptions? options = null, IReadOnlyDictionary<string, string>? settings = null) =>
        Of(ProtocolReader.Read(fileName, text, settings), rateBase, options);

    /// <summary>The same for what was read by another reader.</summary>
    public static ProtocolCheck Of(ProtocolReading reading, CRateBase? rateBase = null, CompileOptions? options = null)
    {
        if (reading.Protocol is not { } protocol)
        {
            Compilation all = ReadableParts.Check(reading, rateBase, options ?? CompileOptions.None, PortableCheck.Compile);
            return new ProtocolCheck(false, all.Errors, all.Warnings, []);
        }

        options ??= CompileOptions.None;
        Compilation compilation = PortableCheck.Compile(protocol, rateBase, options);
        IReadOnlyList<Finding> mass = options.MassIsRegistered ? [] : MassErrors(protocol.File, rateBase, options.Holder);
        return new ProtocolCheck(
            compilation.Errors.Count + mass.Count == 0,
            [.. mass, .. compilation.Errors],
            [.. reading.Warnings, .. compilation.Warnings],
            [.. protocol.Steps.Where(step => step is not TagMark).Select((step, place) => CheckedSteps.Of(step, PeriodOf(protocol, step, compilation.Program, place)))])
        {
            Currents = compilation.Program is { } program ? [.. CurrentsOf(program, options.Accuracy)] : [],
        };
    }

    /// <summary>The recording interval of a step that asks for none itself.</summary>
    private static double PeriodOf(Protocol protocol, ProtocolStep step, CellProgram? compiled, int place) => compiled is not null
        ? compiled.RecordOf(compiled.Steps[place]).IntervalSeconds
        : (protocol.RecordIsDefault ? DefaultRecordRule.For((step as ConstantCurrentStep)?.RateC) : protocol.Record).IntervalSeconds;

    /// <summary>2 g for 2 mg: such a base makes every current wrong.</summary>
    public static IReadOnlyList<Finding> MassErrors(string fileName, CRateBase? rateBase, string? holder) =>
        rateBase is { } given && PlausibleRanges.MassProblem(given.ActiveMassMilligrams, null, holder) is { } problem ? [new Finding(fileName, 0, 0, problem)] : [];

    private static IEnumerable<CheckedCurrent> CurrentsOf(CellProgram program, CurrentAccuracy accuracy)
    {
        foreach (ProgramStep step in program.Steps)
        {
            double? amperes = step switch { CurrentStep current => current.CurrentAmperes, VoltageStep hold => hold.StartCurrentAmperes, _ => null };
            if (amperes is { } known && accuracy.Of(known) is { } figures)
            {
                yield return new CheckedCurrent(step.Number, known, figures.RangeA, figures.CurrentErrorPercent, figures.CeErrorPercent);
            }
        }
    }
}

/// <summary>One step; <paramref name="PeriodSeconds"/> is its recording interval.</summary>
public sealed record CheckedStep(
    StepControl Control, IReadOnlyList<StepEnd> Ends, [property: JsonPropertyName("period_s")] double PeriodSeconds);

/// <summary>Range and errors of the current of step <paramref name="Step"/> (from 1, tags not counted; a hold counts with the current it begins with).</summary>
public sealed record CheckedCurrent(int Step, double CurrentA, double RangeA, double CurrentErrorPercent, double CeErrorPercent);

/// <summary>What is held: kind <c>rest</c> (0), <c>current</c> (A), <c>c-rate</c>, <c>voltage</c> (V), <c>power</c> (W), <c>resistance</c> (Ohm), <c>scan</c> (V/s, signed),
/// <c>impedance</c> (amplitude, V or A), <c>loop</c> (passes in total).</summary>
public sealed record StepControl(string Kind, double Value);

/// <summary>One of the alternative ends: kind <c>time</c> (s), <c>voltage</c> (V), <c>current</c> (A) or <c>c-rate</c>, both as magnitudes,
/// <c>capacity</c> (Ah), <c>specific-capacity</c> (Ah/g), <c>drift</c> (V/s, of a rest).</summary>
public sealed record StepEnd(string Kind, string Operator, double Value);
