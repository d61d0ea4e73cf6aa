namespace CellLab.Core.Devices;

public enum DeviceState { Disconnected, Connecting, Online, Degraded, Faulted, Disabled }
