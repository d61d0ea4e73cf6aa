using System.Text;
using System.Threading.Channels;
using CellLab.Transport;

namespace CellLab.HardwareSim.SrsRga;

/// <summary>The head's input buffer of 140 characters: what comes faster than it is taken is lost. LF is dropped, as clients send it.</summary>
internal sealed class RgaInput(IConnection connection)
{
    private const int Size = 140;
    private const byte LineFeed = 0x0A;
    private const byte CarriageReturn = 0x0D;

    private readonly Channel<byte> _bytes = Channel.CreateBounded<byte>(Size);
    private int _lost;

    public ChannelReader<byte> Waiting => _bytes.Reader;

    /// <summary>Tells once that characters were lost.</summary>
    public bool TakeOverrun() => Interlocked.Exchange(ref _lost, 0) == 1;

    /// <summary>Fills the buffer until the other side is gone.</summary>
    public async Task FillAsync(CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[256];
        try
        {
            while (await connection.Stream.ReadAsync(buffer, cancellationToken) is int count and > 0)
            {
                foreach (byte one in buffer.AsSpan(0, count))
                {
                    Take(one);
                }
            }
        }
        finally
        {
            _bytes.Writer.Complete();
        }
    }

    /// <summary>The next line without its CR; null when the other side is gone.</summary>
    public async Task<string?> ReadLineAsync(CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        while (await _bytes.Reader.WaitToReadAsync(cancellationToken))
        {
            while (_bytes.Reader.TryRead(out byte one))
            {
                if (one == CarriageReturn)
                {
                    return line.ToString();
                }

                line.Append((char)one);
            }
        }

        return null;
    }

    private void Take(byte one)
    {
        if (one != LineFeed && !_bytes.Writer.TryWrite(one))
        {
            Interlocked.Exchange(ref _lost, 1);
        }
    }
}
