namespace CellLab.Core.Protocols;

/// <summary>Steps as <see cref="ProtocolCheck"/> shows them.</summary>
internal static class CheckedSteps
{
    private const string AtOrAbove = ">=";
    private const string AtOrBelow = "<=";

    public static CheckedStep Of(ProtocolStep step, double periodSeconds) =>
        new(ControlOf(step), [.. EndsOf(step)], step.PeriodSeconds ?? periodSeconds);

    private static StepControl ControlOf(ProtocolStep step) => step switch
    {
        ConstantCurrentStep { RateC: { } rate } => new StepControl("c-rate", rate),
        ConstantCurrentStep { AmperesPerGram: { } perGram } => new StepControl("specific-current", perGram),
        ConstantCurrentStep current => new StepControl("current", current.CurrentAmperes ?? 0),
        ConstantPowerStep power => new StepControl("power", power.Watts),
        ConstantResistanceStep resistance => new StepControl("resistance", resistance.Ohms),
        ConstantVoltageStep hold => new StepControl("voltage", hold.Volts),
        VoltageScanStep scan => new StepControl("scan", scan.EndVolts > scan.StartVolts ? scan.VoltsPerSecond : -scan.VoltsPerSecond),
        ImpedanceStep spectrum => new StepControl("impedance", spectrum.AmplitudeVolts ?? spectrum.AmplitudeAmperes ?? 0),
        LoopBack loop => new StepControl("loop", loop.Passes),
        HostedStep hosted => new StepControl(hosted.Name, 0),
        _ => new StepControl("rest", 0),
    };

    private static IEnumerable<StepEnd> EndsOf(ProtocolStep step) => step switch
    {
        OpenCircuitStep rest => rest.UntilVoltsPerSecond is { } drift ? [Time(rest.DurationSeconds), new StepEnd("drift", AtOrBelow, drift)] : [Time(rest.DurationSeconds)],
        ConstantCurrentStep current => Driven(current.UntilSeconds, current.UntilVolts, current.Charges, step.UntilCapacity),
        ConstantPowerStep power => Driven(power.UntilSeconds, power.UntilVolts, power.Watts > 0, step.UntilCapacity),
        ConstantResistanceStep load => Driven(load.UntilSeconds, load.UntilVolts, false, step.UntilCapacity),
        ConstantVoltageStep hold => [.. EndsOf(hold), .. Capacity(step.UntilCapacity)],
        VoltageScanStep scan => [new StepEnd("voltage", scan.EndVolts > scan.StartVolts ? AtOrAbove : AtOrBelow, scan.EndVolts)],
        _ => [],
    };

    private static IEnumerable<StepEnd> Driven(double? untilSeconds, double? untilVolts, bool charges, CapacityEnd? capacity)
    {
        if (untilSeconds is { } seconds)
        {
            yield return Time(seconds);
        }

        if (untilVolts is { } volts)
        {
            yield return new StepEnd("voltage", charges ? AtOrAbove : AtOrBelow, volts);
        }

        foreach (StepEnd end in Capacity(capacity))
        {
            yield return end;
        }
    }

    private static StepEnd[] Capacity(CapacityEnd? end) => end switch
    {
        { AmpereHours: { } whole } => [new StepEnd("capacity", AtOrAbove, whole)],
        { AmpereHoursPerGram: { } perGram } => [new StepEnd("specific-capacity", AtOrAbove, perGram)],
        _ => [],
    };

    private static IEnumerable<StepEnd> EndsOf(ConstantVoltageStep step)
    {
        if (step.UntilSeconds is { } seconds)
        {
            yield return Time(seconds);
        }

        if (step.UntilRateC is { } rate)
        {
            yield return new StepEnd("c-rate", AtOrBelow, Math.Abs(rate));
        }
        else if (step.UntilAmperesPerGram is { } perGram)
        {
            yield return new StepEnd("specific-current", AtOrBelow, Math.Abs(perGram));
        }
        else if (step.UntilAmperes is { } amperes)
        {
            yield return new StepEnd("current", AtOrBelow, Math.Abs(amperes));
        }
    }

    private static StepEnd Time(double seconds) => new("time", AtOrAbove, seconds);
}
