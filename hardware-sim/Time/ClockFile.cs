using System.Text.Json;

namespace CellLab.HardwareSim.Time;

/// <summary><c>clock.json</c> of the state folder, for people and for readers that start (docs/reference/clock.md).</summary>
internal static class ClockFile
{
    public const string JsonName = "clock.json";

    public const string CellName = "clock.cell";

    public static void Write(string folder, ClockLine line)
    {
        string path = Path.Combine(folder, JsonName);
        string temporary = path + ".new";
        File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(
            new { wall_epoch_utc = line.WallEpoch, lab_epoch_utc = line.LabEpoch, speed = line.Speed, hold = line.Hold },
            BenchJson.Written));
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>The lab time at which an earlier bench in this folder stopped its clock, or null when there was none or it was killed.</summary>
    public static DateTimeOffset? HeldAt(string folder)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, JsonName)));
            JsonElement root = document.RootElement;
            return root.GetProperty("hold").GetBoolean() ? root.GetProperty("lab_epoch_utc").GetDateTimeOffset() : null;
        }
        catch (Exception e) when (e is IOException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
