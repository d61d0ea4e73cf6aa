namespace CellLab.Service.Offline.Foreign.Tables;

/// <summary>Numbers that a row of the neutral table may hold: SI units, charging current positive, charge in Ah, energy in Wh.
/// What a counter counts from is told by the table's <see cref="CounterScope"/>.</summary>
internal enum Quantity
{
    RecordNumber,
    Cycle,

    /// <summary>The tester's own, where <see cref="Cycle"/> is another count.</summary>
    InstrumentCycle,
    StepId,
    StepCount,
    StepRecord,
    TestSeconds,
    StepSeconds,
    UnixSeconds,
    Volts,
    Amperes,

    /// <summary>Counter without direction.</summary>
    Ah,
    ChargeAh,
    DischargeAh,

    /// <summary>Named a sum of both directions.</summary>
    CumulativeAh,

    /// <summary>Charge minus discharge.</summary>
    NetAh,
    Wh,
    ChargeWh,
    DischargeWh,
    CumulativeWh,
    NetWh,
    Hertz,
    RealOhm,
    ImaginaryOhm,
    ModulusOhm,
    PhaseDegrees,
    Count,
}
