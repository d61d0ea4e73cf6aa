using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text.Json;

namespace CellLab.SystemTests.Harness;

/// <summary>Looks at the output of an EA PSB past the service, on a connection of its own: also while no service runs.</summary>
internal sealed class PsbTerminals(string configuration, string device)
{
    /// <summary>Device state: bit 7 of the second word of registers 505 and 506 says that the terminals are on (EA programming guide KE220).</summary>
    private const ushort StateWord = 506;
    private const int On = 1 << 7;
    private const byte ReadHoldingRegisters = 3;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public async Task<bool> AreOnAsync()
    {
        JsonElement connection = Connection();
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        using var client = new TcpClient();
        await client.ConnectAsync(connection.GetProperty("host").GetString()!, connection.GetProperty("port").GetInt32(), limit.Token);
        NetworkStream stream = client.GetStream();
        byte[] request = [0, 1, 0, 0, 0, 6, connection.GetProperty("unit").GetByte(), ReadHoldingRegisters, StateWord >> 8, StateWord & 0xFF, 0, 1];
        await stream.WriteAsync(request, limit.Token);
        byte[] reply = new byte[11];
        await stream.ReadExactlyAsync(reply, limit.Token);
        Assert.Equal(request[..8].AsSpan(6).ToArray(), reply[6..8]);
        return (BinaryPrimitives.ReadUInt16BigEndian(reply.AsSpan(9)) & On) != 0;
    }

    private JsonElement Connection() => JsonDocument.Parse(File.ReadAllText(configuration)).RootElement.GetProperty("devices").EnumerateArray()
        .Single(entry => entry.GetProperty("id").GetString() == device).GetProperty("connection");
}
