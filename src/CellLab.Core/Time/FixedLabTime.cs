namespace CellLab.Core.Time;

/// <summary>A lab time that never changes its setting.</summary>
public sealed class FixedLabTime(LabTimeSetting setting) : ILabTimeSource
{
    public static FixedLabTime RealTime { get; } = new(LabTimeSetting.RealTime);

    public LabTimeSetting Current { get; } = setting;
}
