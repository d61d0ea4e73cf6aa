namespace CellLab.HardwareSim.Neware.Wire;

/// <summary>A reply document: CRLF line ends, then <c>LF LF # CR LF</c>.</summary>
internal sealed class BtsReply
{
    private readonly Utf8Text _text = new();
    private bool _closed;

    public BtsReply(string command) =>
        _text.Raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<bts version=\"1.0\">\r\n<cmd>"u8).Plain(command).Raw("</cmd>\r\n"u8);

    public Utf8Text Text => _text;

    /// <summary>Ends the document and gives its bytes.</summary>
    public ReadOnlyMemory<byte> Close()
    {
        if (!_closed)
        {
            _closed = true;
            _text.Raw("</bts>\n\n#\r\n"u8);
        }

        return _text.Written;
    }

    public BtsReply Result(string result)
    {
        _text.Raw("<result>"u8).Plain(result).Raw("</result>\r\n"u8);
        return this;
    }

    public BtsReply OpenList(int count)
    {
        _text.Raw("<list count=\""u8).Number(count).Raw("\">\r\n"u8);
        return this;
    }

    public BtsReply CloseList()
    {
        _text.Raw("</list>\r\n"u8);
        return this;
    }

    /// <summary>Opens an element with a channel's address; attributes and <c>&gt;</c> are still to come.</summary>
    public BtsReply Element(string name, in BtsAddress a, string? ip)
    {
        _text.Raw("<"u8).Plain(name);
        if (ip is not null)
        {
            Attribute("ip", ip);
        }

        return Attribute("devtype", a.DeviceType).Attribute("devid", a.Device).Attribute("subdevid", a.Unit).Attribute("chlid", a.Channel);
    }

    public BtsReply Attribute(string name, string value)
    {
        _text.Raw(" "u8).Plain(name).Raw("=\""u8).Escaped(value).Raw("\""u8);
        return this;
    }

    public BtsReply Attribute(string name, long value)
    {
        _text.Raw(" "u8).Plain(name).Raw("=\""u8).Number(value).Raw("\""u8);
        return this;
    }

    public BtsReply Attribute(string name, double value, string? format = null)
    {
        _text.Raw(" "u8).Plain(name).Raw("=\""u8).Number(value, format).Raw("\""u8);
        return this;
    }

    public BtsReply Open()
    {
        _text.Raw(">"u8);
        return this;
    }

    /// <summary>Text and end tag of the element just opened.</summary>
    public BtsReply Close(string name, string text)
    {
        _text.Raw(">"u8).Escaped(text).Raw("</"u8).Plain(name).Raw(">\r\n"u8);
        return this;
    }

    public BtsReply CloseEmpty()
    {
        _text.Raw("/>\r\n"u8);
        return this;
    }
}
