namespace CellLab.Service.Watching;

/// <summary>Alarms about something that happened and has no duration: raised and cleared in one, they stay until somebody has seen them, and are told although their cause is gone.</summary>
internal static class MomentaryAlarms
{
    public const string Clock = "clock";
    public const string Restart = "restart";

    public static bool Contains(string alarm) => alarm is Clock or Restart;
}
