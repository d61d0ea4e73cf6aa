using CellLab.Transport.Modbus;

namespace CellLab.Drivers.ModbusCycler.Profiles;

/// <summary>What is usual for the model; the configuration may say otherwise.</summary>
internal sealed record ProfileTransport
{
    public ModbusFraming Framing { get; init; }

    public int TcpPort { get; init; } = 502;

    public int Baud { get; init; } = 9600;

    public string Parity { get; init; } = "none";

    public int StopBits { get; init; } = 1;

    public required int Unit { get; init; }

    public required int TimeoutMs { get; init; }

    public int Retries { get; init; } = 1;

    public int PauseMs { get; init; }

    public int ShortestIntervalMs { get; init; } = 200;
}
