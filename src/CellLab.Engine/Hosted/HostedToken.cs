using System.Text.Json;
using CellLab.Core.Programs;

namespace CellLab.Engine.Hosted;

/// <summary>Everything that is needed to go on with a service-stepped test after a restart; committed with the records it accounts for.</summary>
/// <param name="Turn">Counts the tokens of a test, so that no two are equal.</param>
/// <param name="BeganAtUtc">Lab time that the times of <paramref name="Machine"/> count from.</param>
/// <param name="Step">The present step beyond what the machine remembers.</param>
/// <param name="HeldBecause">Why the service itself holds the test at open circuit; null when it does not.</param>
internal sealed record HostedToken(
    long Turn, DateTimeOffset BeganAtUtc, StepMachineState Machine, RecorderState Recorder, StepNotes Step, string? HeldBecause)
{
    public string ToText() => JsonSerializer.Serialize(this);

    /// <exception cref="JsonException">Not a token of this kind.</exception>
    public static HostedToken Parse(string text) =>
        JsonSerializer.Deserialize<HostedToken>(text) ?? throw new JsonException("the resume token is null");
}

/// <summary>Of the executed step under way.</summary>
/// <param name="WattHours">Signed energy so far.</param>
/// <param name="FirstRecord">Its first record's number; 0 before it.</param>
/// <param name="Paused">It has been interrupted: its parts do not lie side by side.</param>
internal readonly record struct StepNotes(double WattHours, long FirstRecord, bool Paused);
