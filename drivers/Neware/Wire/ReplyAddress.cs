namespace CellLab.Drivers.Neware.Wire;

/// <summary>The address a reply element carries, and its comparison with the channel that was asked.</summary>
internal struct ReplyAddress
{
    private int? _device;
    private int? _unit;
    private int? _channel;

    /// <summary>True when the attribute belonged to the address.</summary>
    public bool Take(in XmlAttributes attribute)
    {
        if (attribute.Is("devid"u8))
        {
            _device = XmlValue.SmallInteger(attribute.Name, attribute.Value);
        }
        else if (attribute.Is("subdevid"u8))
        {
            _unit = XmlValue.SmallInteger(attribute.Name, attribute.Value);
        }
        else if (attribute.Is("chlid"u8))
        {
            _channel = XmlValue.SmallInteger(attribute.Name, attribute.Value);
        }
        else
        {
            return attribute.Is("ip"u8) || attribute.Is("devtype"u8);
        }

        return true;
    }

    /// <exception cref="NewareFormatException">The reply speaks of another channel.</exception>
    public readonly void Check(NewareChannel asked)
    {
        if (_unit != asked.Name.Unit)
        {
            throw Wrong(asked);
        }

        CheckWithoutUnit(asked);
    }

    /// <summary>For getchlstatus, whose replies were seen to say unit 1 whatever was asked.</summary>
    public readonly void CheckWithoutUnit(NewareChannel asked)
    {
        if (_device != asked.Name.Device || _channel != asked.Name.Channel)
        {
            throw Wrong(asked);
        }
    }

    private readonly NewareFormatException Wrong(NewareChannel asked) =>
        new($"asked for channel {asked}, the reply speaks of {_device}-{_unit}-{_channel}");
}
