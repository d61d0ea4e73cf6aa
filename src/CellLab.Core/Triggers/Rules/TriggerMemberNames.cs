namespace CellLab.Core.Triggers.Rules;

/// <summary>How a member of a trigger step is written.</summary>
public enum TriggerMemberForm
{
    Text,

    /// <summary>A number greater than 0.</summary>
    Positive,

    /// <summary>A number from 0 on.</summary>
    NotNegative,
    Number,
    WholeNumber,
    Flag,

    /// <summary>One number, or several.</summary>
    Numbers,

    /// <summary>One text, or several.</summary>
    Texts,

    /// <summary><c>1, 5-10</c></summary>
    Cycles,
}

/// <summary>Members of the protocol step <c>trigger</c>, beside <c>target</c>.</summary>
public static class TriggerMemberNames
{
    public const string Kind = "trigger";
    public const string Role = "xrd";

    public const string EverySeconds = "every_s";
    public const string OffsetSeconds = "offset_s";
    public const string EveryCapacity = "every_mAh_per_g";
    public const string EveryVoltage = "every_voltage_V";
    public const string FromVoltage = "from_voltage_V";
    public const string ToVoltage = "to_voltage_V";
    public const string Voltage = "voltage_V";
    public const string Hysteresis = "hysteresis_mV";
    public const string Direction = "direction";
    public const string OncePerStep = "once_per_step";
    public const string ChargeState = "soc_percent";
    public const string ChargeStateReference = "soc_reference_mAh_per_g";
    public const string OnEntry = "on_entry";
    public const string OnExit = "on_exit";
    public const string AtChargeEnd = "at_charge_end";
    public const string AtDischargeEnd = "at_discharge_end";
    public const string AtCycleEnd = "at_cycle_end";
    public const string RestAfter = "rest_after_s";
    public const string Quantity = "quantity";
    public const string Above = "above";
    public const string Below = "below";
    public const string Count = "count";
    public const string MinimumInterval = "min_interval_s";
    public const string Quiet = "quiet_s";
    public const string Cycles = "cycles";
    public const string SteadyCurrent = "steady_current";
    public const string WhenMissed = "when_missed";
    public const string MaxAge = "max_age_s";
    public const string Exposure = "exposure_s";
    public const string Program = "program";

    public static IReadOnlyList<(string Name, TriggerMemberForm Form)> All { get; } =
    [
        (EverySeconds, TriggerMemberForm.Positive), (OffsetSeconds, TriggerMemberForm.NotNegative), (EveryCapacity, TriggerMemberForm.Positive),
        (EveryVoltage, TriggerMemberForm.Positive), (FromVoltage, TriggerMemberForm.Number), (ToVoltage, TriggerMemberForm.Number),
        (Voltage, TriggerMemberForm.Numbers), (Hysteresis, TriggerMemberForm.NotNegative), (Direction, TriggerMemberForm.Text), (OncePerStep, TriggerMemberForm.Flag),
        (ChargeState, TriggerMemberForm.Numbers), (ChargeStateReference, TriggerMemberForm.Positive), (OnEntry, TriggerMemberForm.Texts), (OnExit, TriggerMemberForm.Texts),
        (AtChargeEnd, TriggerMemberForm.Flag), (AtDischargeEnd, TriggerMemberForm.Flag), (AtCycleEnd, TriggerMemberForm.Flag), (RestAfter, TriggerMemberForm.Positive),
        (Quantity, TriggerMemberForm.Text), (Above, TriggerMemberForm.Number), (Below, TriggerMemberForm.Number),
        (Count, TriggerMemberForm.WholeNumber), (MinimumInterval, TriggerMemberForm.Positive), (Quiet, TriggerMemberForm.NotNegative), (Cycles, TriggerMemberForm.Cycles),
        (SteadyCurrent, TriggerMemberForm.Flag), (WhenMissed, TriggerMemberForm.Text), (MaxAge, TriggerMemberForm.Positive), (Exposure, TriggerMemberForm.Positive),
        (Program, TriggerMemberForm.Text),
    ];
}
