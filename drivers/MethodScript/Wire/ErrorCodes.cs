using CellLab.Core.Devices;

namespace CellLab.Drivers.MethodScript.Wire;

/// <summary>Meanings of the four-digit codes, in our words, and the kind of fault each is (protocol documents, appendix "error codes").</summary>
internal static class ErrorCodes
{
    public const int WrongMode = 0x0006;
    public const int NothingLoaded = 0x000C;
    public const int CellOverload = 0x0032;

    private static readonly Dictionary<int, string> s_meanings = new()
    {
        [0x0001] = "unspecified", [0x0002] = "wrong variable type", [0x0003] = "unknown command", [0x0004] = "unknown register",
        [0x0005] = "register can only be read", [WrongMode] = "wrong mode: nothing runs, or something runs already", [0x0007] = "wrong argument",
        [0x0008] = "line too long", [0x0009] = "time-out", [0x000B] = "out of memory", [NothingLoaded] = "no script is loaded",
        [0x000E] = "averaging overflow", [0x000F] = "potential not allowed", [0x0010] = "not a number or infinite", [0x0011] = "frequency not allowed",
        [0x0012] = "amplitude not allowed", [0x0014] = "open-circuit measurement with the cell on", [0x0015] = "checksum", [0x0016] = "flash memory",
        [0x0017] = "flash memory", [0x0018] = "stored settings", [0x0019] = "not permitted", [0x001A] = "calibration",
        [0x001B] = "not supported here", [0x001C] = "step below one bit of the converter", [0x001D] = "pulse below one bit of the converter",
        [0x001E] = "amplitude below one bit of the converter", [0x001F] = "no licence", [0x0021] = "mode not supported", [0x0023] = "not valid in this mode",
        [0x0024] = "too many variables", [0x0026] = "file", [0x0027] = "file", [0x0028] = "division by zero", [0x002F] = "no such channel",
        [CellOverload] = "critical overload of the cell, measurement stopped", [0x003D] = "time-out", [0x003E] = "time-out",
        [0x0058] = "the timing cannot be met", [0x005A] = "the timing cannot be met", [0x0080] = "the counter electrode oscillates",
        [0x4001] = "unknown script command", [0x4004] = "unexpected character", [0x4005] = "script too large", [0x4008] = "option not valid here",
        [0x400B] = "measurement loop within a measurement loop", [0x400C] = "not possible now", [0x400D] = "wrong nesting", [0x400E] = "wrong nesting",
        [0x400F] = "array index", [0x4012] = "internal", [0x4018] = "script ends unexpectedly", [0x401A] = "not inside a measurement loop",
        [0x401B] = "package commands out of order", [0x401C] = "too many variables in a package", [0x4020] = "time-out of a command",
        [0x4026] = "declared twice", [0x4027] = "needs the cell on", [0x4028] = "needs the cell off", [0x4029] = "no step", [0x402B] = "wrong name",
        [0x402C] = "name too long", [0x4032] = "potential changed inside a measurement loop", [0x4033] = "current changed inside a measurement loop",
        [0x4034] = "not licensed", [0x4200] = "must not be negative", [0x4201] = "must not be positive", [0x4202] = "must not be zero",
        [0x4203] = "must be negative", [0x4204] = "must be positive", [0x4205] = "out of bounds", [0x4206] = "not on this instrument",
        [0x4207] = "wrong kind of number", [0x4209] = "wrong variable type", [0x420A] = "one argument too many", [0x420B] = "not declared",
        [0x7FFF] = "fatal; the instrument resets",
    };

    public static string MeaningOf(int code) => s_meanings.GetValueOrDefault(code, "a code that this driver does not know");

    /// <summary>In a running script the cell is in danger whatever the code; before it nothing has happened to the cell.</summary>
    public static FaultKind KindOf(int code) => code switch
    {
        CellOverload => FaultKind.Safety,
        0x0009 or 0x003E or 0x4020 => FaultKind.Unreachable,
        _ => FaultKind.Rejected,
    };
}
