using System.Runtime.InteropServices;
using CellLab.Transport.Native;

namespace CellLab.Transport.Serial;

/// <summary>Modem lines through <c>ioctl</c> (TIOCMGET, TIOCMBIS, TIOCMBIC).</summary>
internal sealed class ModemLines(Uri address, DescriptorHandle descriptor) : IModemLines
{
    private const nuint Get = 0x5415;
    private const nuint Raise = 0x5416;
    private const nuint Drop = 0x5417;
    private const int Dtr = 2;
    private const int Rts = 4;
    private const int Cts = 0x20;
    private const int Dcd = 0x40;
    private const int Ring = 0x80;
    private const int Dsr = 0x100;

    public bool Exist { get; } = TryControl(descriptor, Get, 0, out _);

    public ValueTask SetAsync(bool? rts, bool? dtr, CancellationToken cancellationToken)
    {
        Set(rts, dtr);
        return ValueTask.CompletedTask;
    }

    public ValueTask<ModemLineState> ReadAsync(CancellationToken cancellationToken) => ValueTask.FromResult(Read());

    public void Set(bool? rts, bool? dtr)
    {
        Change(Raise, (rts is true ? Rts : 0) | (dtr is true ? Dtr : 0));
        Change(Drop, (rts is false ? Rts : 0) | (dtr is false ? Dtr : 0));
    }

    private ModemLineState Read()
    {
        int lines = TryControl(descriptor, Get, 0, out int found) ? found : throw Failed();
        return new ModemLineState(Has(Rts), Has(Dtr), Has(Cts), Has(Dsr), Has(Dcd), Has(Ring));

        bool Has(int line) => (lines & line) != 0;
    }

    private void Change(nuint request, int lines)
    {
        if (lines != 0 && !TryControl(descriptor, request, lines, out _))
        {
            throw Failed();
        }
    }

    private TransportException Failed() => Marshal.GetLastPInvokeError() == LibC.ErrorNotATerminal
        ? new TransportException(TransportFault.BadAddress, address, "has no modem lines (a pseudo-terminal has none); use a serial port for RTS and DTR")
        : new TransportException(TransportFault.Lost, address, $"modem lines: {LibC.LastErrorText()}");

    private static unsafe bool TryControl(DescriptorHandle descriptor, nuint request, int value, out int found)
    {
        int lines = value;
        bool done = LibC.Control(descriptor, request, &lines) == 0;
        found = lines;
        return done;
    }
}
