using System.Text;
using CellLab.HardwareSim.Control;
using CellLab.Transport;

namespace CellLab.HardwareSim.Xrd;

/// <summary>Sends the answers of a protocol with the wire faults that are on: late, silent, nonsense, cut. The request has been carried out by
/// then.</summary>
internal sealed class TextAnswers(IConnection connection, FaultBoard faults, string deviceId, TimeProvider wall) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    /// <param name="command">As the fault's parameter <c>command</c> names it.</param>
    /// <returns>False when the line was cut.</returns>
    public Task<bool> SendAsync(string command, string answer, CancellationToken cancellationToken) =>
        SendAsync(command, Encoding.UTF8.GetBytes(answer), cancellationToken);

    public async Task<bool> SendAsync(string command, byte[] bytes, CancellationToken cancellationToken)
    {
        if (Find(FaultNames.Delay, command) is ActiveFault delay)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(delay.Number("ms", 1000)), wall, cancellationToken);
        }

        if (Find(FaultNames.NeverAnswer, command) is not null)
        {
            return true;
        }

        if (Find(FaultNames.Garbage, command) is not null)
        {
            bytes = [0xFF, 0x00, 0x13, 0x37, (byte)'\n'];
        }

        ActiveFault? cut = Find(FaultNames.CutMidReply, command);
        int length = cut is null ? bytes.Length : (int)Math.Min(bytes.Length, cut.Number("bytes", bytes.Length / 2));
        await WriteAsync(bytes.AsMemory(0, length), cancellationToken);
        return cut is null;
    }

    /// <summary>Something that was not asked for.</summary>
    public Task TellAsync(string line, CancellationToken cancellationToken) => TellAsync(Encoding.UTF8.GetBytes(line), cancellationToken);

    public Task TellAsync(byte[] bytes, CancellationToken cancellationToken) => WriteAsync(bytes, cancellationToken);

    public void Dispose() => _turn.Dispose();

    private async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await connection.Stream.WriteAsync(bytes, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    private ActiveFault? Find(string name, string command) =>
        faults.Find(name, deviceId) is ActiveFault fault && (fault.Text("command") ?? command) == command && fault.Use() ? fault : null;
}
