namespace CellLab.Core.Devices;

/// <summary>What a channel is doing. <see cref="Unknown"/> covers every word the driver does not know and "offline": do not start.</summary>
public enum ChannelState { Unknown, Idle, Running, Paused, Finished, Stopped, Protected, Faulted }
