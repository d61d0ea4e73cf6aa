using CellLab.Transport;

namespace CellLab.HardwareSim.Xrd.ComPort;

/// <summary>A client of the serial device server (RFC 2217) whose port hangs on the diffractometer: one output line is its trigger input, CTS is busy,
/// DSR says that it is switched on. When the client goes, the port is closed and its lines drop.</summary>
internal sealed class ComPortSession(Diffractometer diffractometer, bool isDtr, TimeProvider wall, IConnection connection, TextAnswers answers) : IDisposable
{
    private const byte Iac = 0xFF;
    private const byte Sb = 0xFA;
    private const byte Se = 0xF0;
    private const byte Will = 0xFB;
    private const byte Do = 0xFD;
    private const byte ComPortOption = 44;
    private const byte CtsLevel = 0x10;
    private const byte DsrLevel = 0x20;

    private static readonly TimeSpan s_lookInterval = TimeSpan.FromMilliseconds(20);

    private readonly SemaphoreSlim _telling = new(1);
    private readonly byte[] _baud = [0, 0, 0x25, 0x80];
    private bool _rts;
    private bool _dtr;
    private byte _mask = byte.MaxValue;
    private byte? _told;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task looking = LookAsync(end.Token);
        try
        {
            var decoder = new ComPortDecoder();
            byte[] buffer = new byte[256];
            int count;
            while ((count = await connection.Stream.ReadAsync(buffer, cancellationToken)) > 0)
            {
                foreach (byte received in buffer.AsSpan(0, count).ToArray())
                {
                    if (decoder.Take(received) is { } word && !await AnswerAsync(word, cancellationToken))
                    {
                        return;
                    }
                }
            }
        }
        finally
        {
            await end.CancelAsync();
            await looking;
        }
    }

    public void Dispose() => _telling.Dispose();

    /// <summary>False when a fault cut the connection.</summary>
    private async Task<bool> AnswerAsync(ComPortWord word, CancellationToken cancellationToken)
    {
        if (word is { Word: Sb, Option: ComPortOption, Content.Length: > 0 })
        {
            return await CarryOutAsync(word.Content[0], word.Content[1..], cancellationToken);
        }

        bool known = word.Option is ComPortOption or 0 or 3;
        byte? reply = word.Word switch
        {
            Will => known ? Do : (byte)0xFE,
            Do => known && word.Option != ComPortOption ? Will : (byte)0xFC,
            _ => null,
        };
        return reply is not { } said || await answers.SendAsync("option", new byte[] { Iac, said, word.Option }, cancellationToken);
    }

    private async Task<bool> CarryOutAsync(byte command, byte[] value, CancellationToken cancellationToken)
    {
        (string name, byte[]? answer) = (command, value) switch
        {
            (0, []) => ("signature", "simulated device server"u8.ToArray()),
            (1, [_, _, _, _]) => ("set", Baud(value)),
            (2 or 3 or 4, [not 0]) => ("set", value),
            (5, [var control]) => Control(control),
            (7, []) => ("ask", AskedForState()),
            (10 or 12, [_]) => ("set", value),
            (11, [var mask]) => ("set", [_mask = mask]),
            _ => ("unknown", null),
        };
        await TellChangesAsync(cancellationToken);
        return answer is null || await answers.SendAsync(name, Message((byte)(command + 100), answer), cancellationToken);
    }

    private byte[] Baud(byte[] asked)
    {
        if (asked.Any(part => part != 0))
        {
            asked.CopyTo(_baud, 0); // all zero asks for the present one
        }

        return [.. _baud];
    }

    /// <summary>Some clients ask, which the RFC does not have: they are told as if it had changed.</summary>
    private byte[]? AskedForState()
    {
        _told = null;
        return null;
    }

    private (string Name, byte[]? Answer) Control(byte control) => control switch
    {
        1 or 2 or 3 => ("set", [control]),
        7 => ("ask", [(byte)(_dtr ? 8 : 9)]),
        8 or 9 => (control == 8 ? "dtr-on" : "dtr-off", Move(control, ref _dtr, control == 8, isDtr)),
        10 => ("ask", [(byte)(_rts ? 11 : 12)]),
        11 or 12 => (control == 11 ? "rts-on" : "rts-off", Move(control, ref _rts, control == 11, !isDtr)),
        _ => ("unknown", null),
    };

    /// <summary>The diffractometer takes the rising edge.</summary>
    private byte[] Move(byte control, ref bool line, bool level, bool isTrigger)
    {
        bool rises = level && !line;
        line = level;
        if (rises && isTrigger)
        {
            diffractometer.Trigger(null);
        }

        return [control];
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var timer = new PeriodicTimer(s_lookInterval, wall);
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await TellChangesAsync(cancellationToken);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // the client has gone; the reading side notices
        }
    }

    private async Task TellChangesAsync(CancellationToken cancellationToken)
    {
        await _telling.WaitAsync(cancellationToken);
        try
        {
            byte state = (byte)((diffractometer.Show().Busy ? CtsLevel : 0) | DsrLevel);
            byte changed = (byte)(state ^ (_told ?? 0));
            if (_told is null || (changed & _mask) != 0)
            {
                _told = state;
                await answers.TellAsync(Message(107, [(byte)((state | (changed >> 4)) & _mask)]), cancellationToken);
            }
        }
        finally
        {
            _telling.Release();
        }
    }

    private static byte[] Message(byte code, byte[] value) => [Iac, Sb, ComPortOption, code, .. value.SelectMany(b => b == Iac ? new[] { b, b } : [b]), Iac, Se];
}
