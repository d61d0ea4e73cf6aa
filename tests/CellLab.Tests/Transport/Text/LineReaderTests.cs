using System.Text;
using CellLab.TestKit.Wires;
using CellLab.Transport;
using CellLab.Transport.Text;

namespace CellLab.Tests.Transport.Text;

public sealed class LineReaderTests
{
    [Fact]
    public async Task Lines_come_out_whatever_the_pieces_they_arrive_in()
    {
        byte[] text = "first\n\rsecond, longer\n\r\n\rlast\n\r"u8.ToArray();
        for (int piece = 1; piece <= text.Length; piece++)
        {
            await using MemoryConnector wire = Wire([.. text.Chunk(piece)]);
            var reader = new LineReader(await OpenAsync(wire), "\n\r"u8.ToArray());

            List<string> lines = [];
            while (await reader.ReadAsync(CancellationToken.None) is { } line)
            {
                lines.Add(Encoding.ASCII.GetString(line.Span));
            }

            Assert.Equal(["first", "second, longer", "", "last"], lines);
        }
    }

    [Fact]
    public async Task A_line_that_never_ends_is_garbled()
    {
        await using MemoryConnector wire = Wire(new byte[300]);
        var reader = new LineReader(await OpenAsync(wire), "\n"u8.ToArray(), longest: 200);

        var fault = await Assert.ThrowsAsync<TransportException>(() => reader.ReadAsync(CancellationToken.None).AsTask());

        Assert.Equal(TransportFault.Garbled, fault.Fault);
    }

    [Fact]
    public async Task Bytes_between_lines_can_be_taken_by_count()
    {
        await using MemoryConnector wire = Wire("head\n\u0001\n\u0002\u0003tail\n"u8.ToArray());
        var reader = new LineReader(await OpenAsync(wire), "\n"u8.ToArray());
        await reader.ReadAsync(CancellationToken.None);

        byte[] bytes = await reader.ReadBytesAsync(4, CancellationToken.None);
        ReadOnlyMemory<byte>? tail = await reader.ReadAsync(CancellationToken.None);

        Assert.Equal([1, 10, 2, 3], bytes);
        Assert.Equal("tail"u8.ToArray(), tail!.Value.ToArray());
    }

    [Fact]
    public async Task An_end_in_the_middle_of_counted_bytes_is_a_lost_connection()
    {
        await using MemoryConnector wire = Wire([1, 2]);
        var reader = new LineReader(await OpenAsync(wire), "\n"u8.ToArray());

        var fault = await Assert.ThrowsAsync<TransportException>(() => reader.ReadBytesAsync(3, CancellationToken.None).AsTask());

        Assert.Equal(TransportFault.Lost, fault.Fault);
    }

    private static Task<IConnection> OpenAsync(MemoryConnector wire) => wire.OpenAsync(new Uri("tcp://memory:1"), CancellationToken.None);

    private static MemoryConnector Wire(params byte[][] pieces) => new(async (stream, cancellationToken) =>
    {
        foreach (byte[] piece in pieces)
        {
            await stream.WriteAsync(piece, cancellationToken);
        }
    });
}
