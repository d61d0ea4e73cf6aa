namespace CellLab.Core.Protocols.Unicycler;

/// <summary>Reads the constant-current and constant-voltage steps. Ends are alternatives; at least one is needed.</summary>
internal static class ControlledSteps
{
    public static ConstantCurrentStep? ConstantCurrent(StepMembers step)
    {
        double? rate = step.NotZero("rate_C", step.Rate("rate_C"));
        double? current = step.NotZero("current_mA", step.Members.Number("current_mA")) * UnicyclerWords.Milli;
        double? seconds = TimeEnd(step);
        double? volts = step.Members.Number("until_voltage_V");
        if (rate is null && current is null && step.Members.Clean)
        {
            step.Members.Refuse("rate_C", "neither rate_C nor current_mA gives a current other than 0", "give one of them");
        }

        WarnBoth(step, "rate_C", rate, "current_mA", current);
        CheckZeroVolts(step, seconds, volts);
        if (seconds is null && volts is null && !step.EndsOtherwise && step.Members.Clean)
        {
            step.Members.Refuse("until_voltage_V", "the step has no end", "give until_voltage_V, until_time_s or both");
        }

        return new ConstantCurrentStep(step.Entry, step.At, step.Id, rate, current, seconds, volts);
    }

    public static ConstantVoltageStep? ConstantVoltage(StepMembers step)
    {
        double? volts = step.Members.RequiredNumber("voltage_V");
        double? rate = step.NotZero("until_rate_C", step.Rate("until_rate_C"));
        double? current = step.NotZero("until_current_mA", step.Members.Number("until_current_mA")) * UnicyclerWords.Milli;
        double? seconds = TimeEnd(step);
        WarnBoth(step, "until_rate_C", rate, "until_current_mA", current);
        if (seconds is null && rate is null && current is null && !step.EndsOtherwise && step.Members.Clean)
        {
            step.Members.Refuse("until_time_s", "the step has no end", "give until_rate_C, until_current_mA or until_time_s");
        }

        return volts is null ? null : new ConstantVoltageStep(step.Entry, step.At, step.Id, volts.Value, seconds, rate, current);
    }

    /// <summary>Constant power (<c>power_mW</c>, negative discharges) and resistance (<c>resistance_Ohm</c>): CellLab's own.</summary>
    public static ProtocolStep? PowerOrResistance(StepMembers step, bool power)
    {
        double? value = power
            ? step.Members.Required("power_mW") ? step.NotZero("power_mW", step.Members.Number("power_mW")) * UnicyclerWords.Milli : null
            : step.Members.RequiredPositive("resistance_Ohm");
        double? seconds = TimeEnd(step);
        double? volts = step.Members.Number("until_voltage_V");
        if (seconds is null && volts is null && !step.EndsOtherwise && step.Members.Clean)
        {
            step.Members.Refuse("until_voltage_V", "the step has no end", "give until_voltage_V, until_time_s or until_capacity_mAh");
        }

        return value is not { } known ? null
            : power ? new ConstantPowerStep(step.Entry, step.At, step.Id, known, seconds, volts)
            : new ConstantResistanceStep(step.Entry, step.At, step.Id, known, seconds, volts);
    }

    private static double? TimeEnd(StepMembers step) =>
        step.NotZero("until_time_s", step.Members.Number("until_time_s", value => value >= 0, "a time greater than 0"));

    private static void WarnBoth(StepMembers step, string rateName, double? rate, string currentName, double? current)
    {
        if (rate is not null && current is not null)
        {
            step.Warn(currentName, $"both {rateName} and {currentName} are given: {rateName} wins", $"remove {currentName}");
        }
    }

    /// <summary>0 V is a legal cut-off, but where the format's own program wrote it as the only end it meant "none".</summary>
    private static void CheckZeroVolts(StepMembers step, double? seconds, double? volts)
    {
        if (volts != 0)
        {
            return;
        }

        if (seconds is null)
        {
            step.Members.Refuse("until_voltage_V", "until_voltage_V is 0 and the only end", "give the cut-off voltage or until_time_s");
        }
        else
        {
            step.Warn("until_voltage_V", "until_voltage_V is 0: the step ends at 0 V", "leave until_voltage_V out if no cut-off is meant");
        }
    }
}
