namespace CellLab.Drivers.XrdTrigger.Contacts;

/// <summary>Where outputs and inputs of a Modbus module lie (config/io-modules); addresses as on the wire, from 0.</summary>
/// <param name="MapSource">Where the addresses come from, and whether they were tried.</param>
/// <param name="ModulePulse">Null: the module cannot time a pulse itself.</param>
public sealed record IoModuleMap(
    string Name,
    string Title,
    string MapSource,
    IoOutputs Outputs,
    IoInputs? Inputs = null,
    IoPulse? ModulePulse = null,
    IoWatchdog? Watchdog = null,
    IReadOnlyList<IoRequirement>? RequiredRegisters = null);

public sealed record IoOutputs(int Count, ushort WriteAt, ushort ReadBackAt);

public sealed record IoInputs(int Count, ushort ReadAt);

/// <summary>Function 5 with the time as value, in <paramref name="UnitS"/>.</summary>
public sealed record IoPulse(ushort WriteAt, double UnitS, int MostUnits);

/// <summary>Holding registers of a watchdog that drops the outputs. State: 0 off, 1 running, 2 expired.</summary>
public sealed record IoWatchdog(
    ushort TimeAt, double UnitS, ushort MasksAt, ushort TriggerAt, ushort StateAt, ushort RestartAt, ushort StopAt, ushort StopValue);

/// <summary>A holding register that must have this value before the outputs are used.</summary>
public sealed record IoRequirement(ushort ReadAt, ushort Value, string Meaning, bool PerOutput = false);
