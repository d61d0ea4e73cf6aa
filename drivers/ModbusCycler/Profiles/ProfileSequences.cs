using System.Text.Json;

namespace CellLab.Drivers.ModbusCycler.Profiles;

/// <summary>What is written, in order, for each thing that an output is told; null for what the model cannot do.</summary>
internal sealed record ProfileSequences
{
    public IReadOnlyList<ProfileStep> TakeControl { get; init; } = [];

    public IReadOnlyList<ProfileStep> Release { get; init; } = [];

    public IReadOnlyList<ProfileStep> SetLimits { get; init; } = [];

    public IReadOnlyList<ProfileStep>? Charge { get; init; }

    public IReadOnlyList<ProfileStep>? Discharge { get; init; }

    public IReadOnlyList<ProfileStep>? Hold { get; init; }

    public IReadOnlyList<ProfileStep> Off { get; init; } = [];

    public IEnumerable<(string Name, IReadOnlyList<ProfileStep> Steps)> All =>
    [
        ("take_control", TakeControl), ("release", Release), ("set_limits", SetLimits), ("charge", Charge ?? []), ("discharge", Discharge ?? []),
        ("hold", Hold ?? []), ("off", Off),
    ];
}

/// <summary>One write with its read-back, or one thing that must have come about.</summary>
internal sealed record ProfileStep
{
    /// <summary>The point that is written.</summary>
    public string? Set { get; init; }

    /// <summary>Waited for.</summary>
    public ProfileBits? Expect { get; init; }

    /// <summary>A number, or one of <see cref="StepValues"/>.</summary>
    public JsonElement? To { get; init; }

    /// <summary>Written as it is.</summary>
    public ushort? Raw { get; init; }

    /// <summary>False for points that do not read as they were written.</summary>
    public bool ReadBack { get; init; } = true;

    /// <summary>The word in <see cref="To"/>; null for a number.</summary>
    public string? Symbol => To is { ValueKind: JsonValueKind.String } word ? word.GetString() : null;
}
