using CellLab.Core.Documents;

namespace CellLab.Core.Protocols.Language;

/// <summary>Techniques that are several steps: GITT (pulse and rest, repeated) and cyclic voltammetry (scans between two vertices).</summary>
internal static class CompositeSteps
{
    public const string Gitt = "gitt";
    public const string Cv = "cyclic_voltammetry";

    /// <summary>Pulses that are certainly more than any cell takes before its cut-off.</summary>
    private const int ManyPulses = 1000;

    /// <summary>Recording interval of a pulse and of a rest, s: the fit needs rows every second in the first 30 s of a pulse.</summary>
    private const double PulsePeriodSeconds = 1;
    private const double RestPeriodSeconds = 10;

    /// <summary>Pulses until the cut-off is reached under load; <c>pulses</c> is the most there can be.</summary>
    public static IReadOnlyList<MethodItem> ReadGitt(MemberReader members, SourcePosition at)
    {
        double? rate = members.Number("rate_C", value => value != 0, "a rate other than 0, negative discharges");
        double? current = members.Number("current_mA", value => value != 0, "a current other than 0, negative discharges") * 1e-3;
        double? pulse = members.RequiredPositive("pulse_s");
        double? rest = members.RequiredPositive("rest_s");
        double? drift = members.Positive("rest_until_drift_mV_per_h") * 1e-3 / 3600;
        double? volts = members.RequiredNumber("until_voltage_V");
        int? pulses = members.Node("pulses") is null ? ManyPulses : Count(members, "pulses");
        double pulsePeriod = members.Positive("pulse_record_s") ?? PulsePeriodSeconds;
        double restPeriod = members.Positive("rest_record_s") ?? RestPeriodSeconds;
        string? name = members.String("name");
        members.RefuseUnknown();
        if (rate is null == current is null && members.Clean)
        {
            members.Refuse("step", "exactly one of rate_C and current_mA must be given");
        }

        if (!members.Clean || pulse is null || rest is null || volts is null || pulses is null)
        {
            return [];
        }

        bool charges = (rate ?? current) > 0;
        ProtocolStep[] steps =
        [
            new ConstantCurrentStep(0, at, null, rate, current, pulse, volts) { PeriodSeconds = pulsePeriod },
            new OpenCircuitStep(0, at, null, rest.Value) { UntilVoltsPerSecond = drift, PeriodSeconds = restPeriod },
        ];
        return
        [
            new RepeatItem(
                at, name ?? (charges ? "gitt-charge" : "gitt-discharge"), pulses.Value, [.. steps.Select(step => new StepItem(at, step))],
                [new RepeatExit(at, "voltage", charges, volts.Value, null, FormattableString.Invariant($"voltage {(charges ? '>' : '<')} {volts} V"))], null),
        ];
    }

    public static IReadOnlyList<MethodItem> ReadCv(MemberReader members, SourcePosition at)
    {
        double? start = members.RequiredNumber("start_voltage_V");
        double? first = members.RequiredNumber("vertex_1_V");
        double? second = members.RequiredNumber("vertex_2_V");
        double? speed = members.RequiredPositive("scan_rate_mV_per_s") * 1e-3;
        int? cycles = members.Required("cycles") ? Count(members, "cycles") : null;
        string? name = members.String("name");
        members.RefuseUnknown();
        if (first is not null && first == second)
        {
            members.Refuse("vertex_2_V", "vertex_2_V equals vertex_1_V", "a voltammogram needs two different vertices");
        }

        if (!members.Clean || start is null || first is null || second is null || speed is null || cycles is null)
        {
            return [];
        }

        var cycle = new RepeatItem(at, name ?? "cv", cycles.Value, [Scan(at, first.Value, second.Value, speed.Value), Scan(at, second.Value, first.Value, speed.Value)], [], null);
        return start == first ? [cycle] : [Scan(at, start.Value, first.Value, speed.Value), cycle];
    }

    private static StepItem Scan(SourcePosition at, double from, double to, double voltsPerSecond) =>
        new(at, new VoltageScanStep(0, at, null, from, to, voltsPerSecond));

    private static int? Count(MemberReader members, string name) => (int?)members.Number(
        name, count => count >= 1 && count <= LanguageWords.MaxRepeat && count == Math.Floor(count), $"a whole number from 1 to {LanguageWords.MaxRepeat}");
}
