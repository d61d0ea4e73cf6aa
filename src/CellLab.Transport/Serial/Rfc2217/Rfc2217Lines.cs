namespace CellLab.Transport.Serial.Rfc2217;

/// <summary>Modem lines of a port on a device server. Outputs are as the server confirms them. Inputs are as it told last: servers tell changes by
/// themselves, some of them only once a second.</summary>
/// <param name="tellsOutputs">The server answers the question for RTS and DTR; else its last confirmation counts.</param>
internal sealed class Rfc2217Lines(Uri address, Rfc2217Link link, bool tellsOutputs) : IModemLines
{
    private volatile bool _rts;
    private volatile bool _dtr;

    public bool Exist => true;

    public async ValueTask SetAsync(bool? rts, bool? dtr, CancellationToken cancellationToken)
    {
        if (dtr is { } ready)
        {
            _dtr = await AskAsync(ready ? ComPort.DtrOn : ComPort.DtrOff, ComPort.DtrOn, ComPort.DtrOff, cancellationToken);
            Require("DTR", ready, _dtr);
        }

        if (rts is { } request)
        {
            _rts = await AskAsync(request ? ComPort.RtsOn : ComPort.RtsOff, ComPort.RtsOn, ComPort.RtsOff, cancellationToken);
            Require("RTS", request, _rts);
        }
    }

    public async ValueTask<ModemLineState> ReadAsync(CancellationToken cancellationToken)
    {
        link.ThrowIfEnded();
        if (tellsOutputs)
        {
            bool[] told = await Task.WhenAll(
                AskAsync(ComPort.AskDtr, ComPort.DtrOn, ComPort.DtrOff, cancellationToken), AskAsync(ComPort.AskRts, ComPort.RtsOn, ComPort.RtsOff, cancellationToken));
            (_dtr, _rts) = (told[0], told[1]);
        }

        byte inputs = link.ModemState;
        return new ModemLineState(_rts, _dtr, Has(ComPort.Cts), Has(ComPort.Dsr), Has(ComPort.Dcd), Has(ComPort.Ring));

        bool Has(byte line) => (inputs & line) != 0;
    }

    private async Task<bool> AskAsync(byte value, byte on, byte off, CancellationToken cancellationToken)
    {
        byte[] answer = await link.AskAsync(ComPort.SetControl, [value], told => told is [var one] && (one == on || one == off), cancellationToken);
        return answer[0] == on;
    }

    private void Require(string line, bool wanted, bool found)
    {
        if (wanted != found)
        {
            throw new TransportException(
                TransportFault.Garbled, address, $"the device server leaves {line} {SerialWords.Of(found)} where {SerialWords.Of(wanted)} was asked for; is flow control on there?");
        }
    }
}
