namespace CellLab.Transport.Serial;

internal static partial class SerialDrivers
{
    static partial void CreateNamed(ref IConnector? connector) => connector = new Named.PortConnector();
}
