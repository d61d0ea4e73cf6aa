using System.Globalization;

namespace CellLab.HardwareSim.Neware.Commands;

/// <summary>The BTS PC's clock: local time, whole seconds, no zone. Remembers the last text, since neighbouring records share it.</summary>
internal sealed class LocalTime(BtsSystem system)
{
    private int _second = int.MinValue;
    private string _text = "";

    /// <param name="second">Lab seconds of the bench, whole.</param>
    public string Text(int second)
    {
        if (second != _second)
        {
            _second = second;
            _text = TimeZoneInfo.ConvertTime(system.Clock.At(second), system.Settings.TimeZone)
                .ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        }

        return _text;
    }
}
