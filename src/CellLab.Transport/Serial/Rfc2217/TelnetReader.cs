namespace CellLab.Transport.Serial.Rfc2217;

/// <summary>What stands between the data: an option that is offered or asked for (no content), or a message of one.</summary>
/// <param name="Verb"><see cref="Telnet.Will"/> to <see cref="Telnet.Dont"/>, or <see cref="Telnet.Subnegotiation"/>.</param>
internal sealed record TelnetSign(byte Verb, byte Option, byte[] Content);

/// <summary>Takes a telnet stream apart, however it is cut into pieces. No I/O.</summary>
internal sealed class TelnetReader
{
    /// <summary>No message of the option for serial ports is longer than a signature text.</summary>
    public const int LongestMessage = 1024;

    private const byte FirstCommand = 241;

    private readonly List<byte> _message = [];
    private Place _place;
    private byte _verb;

    private enum Place { Data, Command, Option, Message, CommandInMessage }

    /// <param name="data">Gets the bytes of the serial line.</param>
    /// <param name="signs">Gets what stands between them.</param>
    /// <exception cref="TelnetFormatException">Not telnet; nothing after it can be believed.</exception>
    public void Take(ReadOnlySpan<byte> received, List<byte> data, List<TelnetSign> signs)
    {
        foreach (byte sign in received)
        {
            Take(sign, data, signs);
        }
    }

    private void Take(byte sign, List<byte> data, List<TelnetSign> signs)
    {
        switch (_place)
        {
            case Place.Data when sign == Telnet.Interpret:
                _place = Place.Command;
                break;
            case Place.Data:
                data.Add(sign);
                break;
            case Place.Command:
                Command(sign, data);
                break;
            case Place.Option:
                signs.Add(new TelnetSign(_verb, sign, []));
                _place = Place.Data;
                break;
            case Place.Message when sign == Telnet.Interpret:
                _place = Place.CommandInMessage;
                break;
            case Place.Message:
                Keep(sign);
                break;
            default:
                EndOrKeep(sign, signs);
                break;
        }
    }

    private void Command(byte sign, List<byte> data)
    {
        _place = sign switch
        {
            Telnet.Interpret or (>= FirstCommand and < Telnet.Subnegotiation) => Place.Data, // a byte of 255, or a command without an option
            Telnet.Subnegotiation => Place.Message,
            >= Telnet.Will => Place.Option,
            _ => throw new TelnetFormatException($"255 is followed by {sign}, which is no command of telnet"),
        };
        if (sign == Telnet.Interpret)
        {
            data.Add(sign);
        }

        _verb = sign;
        _message.Clear();
    }

    private void EndOrKeep(byte sign, List<TelnetSign> signs)
    {
        switch (sign)
        {
            case Telnet.Interpret:
                Keep(sign);
                _place = Place.Message;
                break;
            case Telnet.SubnegotiationEnd when _message.Count > 0:
                signs.Add(new TelnetSign(Telnet.Subnegotiation, _message[0], [.. _message.Skip(1)]));
                _place = Place.Data;
                break;
            default:
                throw new TelnetFormatException($"a message of {_message.Count} bytes ends with 255 {sign}");
        }
    }

    private void Keep(byte sign)
    {
        if (_message.Count == LongestMessage)
        {
            throw new TelnetFormatException($"a message of more than {LongestMessage} bytes");
        }

        _message.Add(sign);
    }
}
