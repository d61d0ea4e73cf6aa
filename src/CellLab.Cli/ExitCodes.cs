namespace CellLab.Cli;

/// <summary>What the process tells its caller. Part of the outside contract: never renumber.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int WrongUsage = 2;
    public const int NotReachable = 3;
}
