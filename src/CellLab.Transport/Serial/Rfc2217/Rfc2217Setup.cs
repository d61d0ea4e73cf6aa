using System.Buffers.Binary;

namespace CellLab.Transport.Serial.Rfc2217;

/// <summary>Sets the port of a device server after it has agreed to be controlled.</summary>
internal static class Rfc2217Setup
{
    /// <summary>A receiver tolerates so much.</summary>
    private const double BaudTolerance = 0.02;

    /// <summary>Output lines first: whatever hangs on them is not to stay on while the rest is set.</summary>
    public static async Task<Rfc2217Lines> ApplyAsync(Uri address, Rfc2217Link link, SerialSettings settings, CancellationToken cancellationToken)
    {
        bool tells = await TellsOutputsAsync(link, settings.Dtr, cancellationToken);
        var lines = new Rfc2217Lines(address, link, tells);
        await lines.SetAsync(settings.Flow == SerialFlow.RtsCts ? null : settings.Rts, settings.Dtr, cancellationToken);
        byte[] baud = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(baud, settings.Baud);
        byte[] found = await link.AskAsync(ComPort.SetBaud, baud, answer => answer.Length == sizeof(int), cancellationToken);
        int runsAt = BinaryPrimitives.ReadInt32BigEndian(found);
        Require(address, Math.Abs((double)runsAt - settings.Baud) <= settings.Baud * BaudTolerance, $"it runs at {runsAt} baud instead of {settings.Baud}");
        byte parity = settings.Parity switch { SerialParity.Odd => 2, SerialParity.Even => 3, _ => 1 };
        byte flow = settings.Flow switch { SerialFlow.RtsCts => ComPort.FlowRtsCts, SerialFlow.XonXoff => ComPort.FlowXonXoff, _ => ComPort.FlowNone };
        await SetAsync(ComPort.SetDataBits, (byte)settings.DataBits, $"{settings.DataBits} data bits");
        await SetAsync(ComPort.SetParity, parity, $"parity {SerialWords.Of(settings.Parity)}");
        await SetAsync(ComPort.SetStopBits, (byte)settings.StopBits, $"{settings.StopBits} stop bits");
        await SetAsync(ComPort.SetControl, flow, $"flow {SerialWords.Of(settings.Flow)}");
        await link.SendAsync(Telnet.Message(ComPort.Option, [ComPort.SetModemStateMask, byte.MaxValue]), cancellationToken); // not every server answers this
        return lines;

        async Task SetAsync(byte command, byte value, string what)
        {
            byte[] answer = await link.AskAsync(
                command, [value], told => told.Length == 1 && (command != ComPort.SetControl || told[0] <= ComPort.FlowRtsCts), cancellationToken);
            Require(address, answer[0] == value, $"it does not take {what}");
        }
    }

    /// <summary>Asks for RTS and sets DTR, which every server confirms: servers answer in order, so by then it is known whether the first is answered
    /// at all.</summary>
    private static async Task<bool> TellsOutputsAsync(Rfc2217Link link, bool dtr, CancellationToken cancellationToken)
    {
        Rfc2217Question asked = await link.BeginAsync(
            ComPort.SetControl, [ComPort.AskRts], answer => answer is [ComPort.RtsOn or ComPort.RtsOff], cancellationToken);
        await link.AskAsync(
            ComPort.SetControl, [dtr ? ComPort.DtrOn : ComPort.DtrOff], answer => answer is [ComPort.DtrOn or ComPort.DtrOff], cancellationToken);
        link.Forget(asked);
        return asked.Answer.Task.IsCompletedSuccessfully;
    }

    private static void Require(Uri address, bool holds, string problem)
    {
        if (!holds)
        {
            throw new TransportException(TransportFault.BadAddress, address, $"the port of the device server does not take these settings: {problem}");
        }
    }
}
