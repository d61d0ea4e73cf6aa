using System.Globalization;

namespace CellLab.HardwareSim.Control;

/// <summary>A fault or quirk that is switched on.</summary>
/// <param name="Device">Null: every device that knows the fault.</param>
/// <param name="Channel">The device's own channel name; null: every channel, or the device itself.</param>
public sealed record ActiveFault(string Name, string? Device, string? Channel, IReadOnlyDictionary<string, string> Parameters)
{
    private int _used;

    internal bool Covers(string device, string? channel) =>
        (Device is null || Device == device) && (Channel is null || channel is null || Channel == channel);

    internal string? Text(string parameter) => Parameters.GetValueOrDefault(parameter);

    internal double Number(string parameter, double otherwise) =>
        Text(parameter) is string text ? double.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    /// <summary>Counts one use; false when parameter <c>times</c> is used up.</summary>
    internal bool Use() => Text("times") is null || Interlocked.Increment(ref _used) <= Number("times", 1);
}
