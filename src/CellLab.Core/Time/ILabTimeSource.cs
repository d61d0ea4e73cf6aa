namespace CellLab.Core.Time;

/// <summary>Where lab time comes from: real time, or the clock that a simulated bench publishes.</summary>
public interface ILabTimeSource
{
    /// <summary>The setting in force now. Cheap: asked at every reading of the clock.</summary>
    LabTimeSetting Current { get; }
}
