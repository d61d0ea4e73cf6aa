namespace CellLab.HardwareSim.MethodScript.Language;

/// <summary>Error codes that the simulated instrument gives.</summary>
internal static class FaultCode
{
    public const int UnknownCommand = 0x0003;
    public const int WrongMode = 0x0006;
    public const int BadArgument = 0x0007;
    public const int LineTooLong = 0x0008;
    public const int NothingLoaded = 0x000C;
    public const int PotentialNotAllowed = 0x000F;
    public const int Frequency = 0x0011;
    public const int Amplitude = 0x0012;
    public const int OcpWithCellOn = 0x0014;
    public const int NotValidInMode = 0x0023;
    public const int DivisionByZero = 0x0028;
    public const int CellOverload = 0x0032;
    public const int UnknownScriptCommand = 0x4001;
    public const int UnexpectedCharacter = 0x4004;
    public const int OptionNotValid = 0x4008;
    public const int NestedMeasurement = 0x400B;
    public const int Nesting = 0x400D;
    public const int EndedUnexpectedly = 0x4018;
    public const int PackageOrder = 0x401B;
    public const int DeclaredTwice = 0x4026;
    public const int NeedsCellOn = 0x4027;
    public const int NoStep = 0x4029;
    public const int BadName = 0x402B;
    public const int PotentialInLoop = 0x4032;
    public const int CurrentInLoop = 0x4033;
    public const int MustBePositive = 0x4204;
    public const int OutOfBounds = 0x4205;
    public const int NotOnThisInstrument = 0x4206;
    public const int WrongNumber = 0x4207;
    public const int WrongType = 0x4209;
    public const int TooMany = 0x420A;
    public const int NotDeclared = 0x420B;
}
