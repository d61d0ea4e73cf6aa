using System.Text.Json;
using CellLab.Core.Time;

namespace CellLab.Service.Clock;

/// <summary>Follows the lab clock of a simulated bench: <c>serve --clock FILE</c>. The file is <c>clock.json</c> of the bench's state folder;
/// the memory-mapped <c>clock.cell</c> beside it is read at every call.</summary>
public sealed class ClockFileSource : ILabTimeSource, IDisposable
{
    private readonly ClockCellReader _cell;
    private Reading _last;

    /// <param name="clockFile">Path of <c>clock.json</c>.</param>
    /// <exception cref="ClockFileException">The file or its cell is missing or not what the bench writes.</exception>
    public ClockFileSource(string clockFile)
    {
        string path = Path.GetFullPath(clockFile);
        CheckJson(path);
        _cell = new ClockCellReader(Path.Combine(Path.GetDirectoryName(path)!, "clock.cell"));
        LabTimeSetting setting = _cell.Read(out uint sequence);
        if (!(setting.Speed > 0) || !double.IsFinite(setting.Speed))
        {
            _cell.Dispose();
            throw new ClockFileException($"{path}: its clock.cell has the speed {setting.Speed}; expected a number above 0");
        }

        _last = new Reading(sequence, setting);
    }

    public LabTimeSetting Current
    {
        get
        {
            Reading last = Volatile.Read(ref _last);
            if (_cell.Sequence == last.Sequence)
            {
                return last.Setting;
            }

            LabTimeSetting setting = _cell.Read(out uint sequence);
            Volatile.Write(ref _last, new Reading(sequence, setting));
            return setting;
        }
    }

    public void Dispose() => _cell.Dispose();

    /// <summary>The cell rules; the text file is read once, so that a wrong path says so in words.</summary>
    private static void CheckJson(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            foreach (string member in (string[])["wall_epoch_utc", "lab_epoch_utc", "speed", "hold"])
            {
                if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty(member, out _))
                {
                    throw new ClockFileException($"{path}: member {member} is missing; expected the clock.json of a simulated bench's state folder");
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ClockFileException($"{path}: cannot be read: {e.Message}; start the bench first ('celllab sim') or correct --clock", e);
        }
        catch (JsonException e)
        {
            throw new ClockFileException($"{path}:{(e.LineNumber ?? 0) + 1}: is not JSON; expected the clock.json of a simulated bench's state folder", e);
        }
    }

    private sealed record Reading(uint Sequence, LabTimeSetting Setting);
}
