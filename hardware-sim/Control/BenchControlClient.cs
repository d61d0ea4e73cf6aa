using System.Text.Json;
using CellLab.Transport;
using CellLab.Transport.Listeners;

namespace CellLab.HardwareSim.Control;

/// <summary>Switches faults of a bench that runs, through the control socket of its state folder.</summary>
public sealed class BenchControlClient(string stateDirectory)
{
    /// <summary>Every kind of fault, with where it is on.</summary>
    /// <exception cref="BenchControlException">No bench runs there.</exception>
    public async Task<IReadOnlyList<FaultState>> ListAsync(CancellationToken cancellationToken) =>
        (await AskAsync(new ControlRequest("list"), cancellationToken)).Faults ?? [];

    /// <param name="device">Null: every device.</param>
    /// <param name="channel">The device's own channel name, or its number from 1; null: every channel.</param>
    /// <exception cref="BenchControlException">No bench runs there, or it does not know the fault, parameter or place.</exception>
    public Task SetAsync(
        string name, string? device, string? channel, IReadOnlyDictionary<string, string> parameters, CancellationToken cancellationToken) =>
        AskAsync(new ControlRequest("set", name, device, channel, new Dictionary<string, string>(parameters)), cancellationToken);

    /// <summary>Returns how many were on.</summary>
    /// <exception cref="BenchControlException">No bench runs there, or the fault is not set.</exception>
    public async Task<int> ClearAsync(string name, string? device, string? channel, CancellationToken cancellationToken) =>
        (await AskAsync(new ControlRequest("clear", name, device, channel), cancellationToken)).Cleared;

    private async Task<ControlReply> AskAsync(ControlRequest request, CancellationToken cancellationToken)
    {
        string path = Path.Combine(Path.GetFullPath(stateDirectory), BenchControlServer.SocketName);
        try
        {
            await using IConnection connection = await new UnixConnector().OpenAsync(new Uri($"unix://{path}"), cancellationToken);
            await connection.Stream.WriteAsync((byte[])[.. JsonSerializer.SerializeToUtf8Bytes(request, ControlJson.Line), (byte)'\n'], cancellationToken);
            using var reader = new StreamReader(connection.Stream, leaveOpen: true);
            string line = await reader.ReadLineAsync(cancellationToken) ?? "";
            ControlReply reply = JsonSerializer.Deserialize<ControlReply>(line, ControlJson.Line) ?? new ControlReply("empty answer");
            return reply.Error is null ? reply : throw new BenchControlException(reply.Error);
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            throw new BenchControlException($"no bench answers on {path}: {e.Message}; is it running, and is --state its state folder?", e) { IsAbsent = true };
        }
    }
}

/// <summary>The bench refused, or none runs; the message says which and what to do.</summary>
public sealed class BenchControlException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Nothing answers there; else the bench refused.</summary>
    public bool IsAbsent { get; init; }
}
