namespace CellLab.HardwareSim.Neware.Running;

/// <summary>State of a channel; the words of getchlstatus that this tester uses.</summary>
internal enum RunState { Finish, Working, Pause, Stop, Protect }

internal static class RunStateWords
{
    public static string Word(this RunState state) => state switch
    {
        RunState.Working => "working",
        RunState.Pause => "pause",
        RunState.Stop => "stop",
        RunState.Protect => "protect",
        _ => "finish",
    };

    public static bool IsOver(this RunState state) => state is RunState.Finish or RunState.Stop or RunState.Protect;
}
