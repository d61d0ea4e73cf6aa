using System.Text;

namespace CellLab.Drivers.Neware.Wire;

/// <summary>Goes from start tag to start tag through one XML document as UTF-8 bytes, without copying. Tolerates what senders of this
/// interface do: any white space, stray text between tags, declarations and comments. Counts depth so that a document with a piece missing
/// does not pass.</summary>
internal ref struct XmlScanner(ReadOnlySpan<byte> document)
{
    private readonly ReadOnlySpan<byte> _document = document;
    private int _position;
    private int _depth;

    /// <summary>Of the element whose start tag was read last.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    public XmlAttributes Attributes { get; private set; }

    /// <summary>The tag closed itself.</summary>
    public bool IsEmpty { get; private set; }

    /// <summary>Moves to the next start tag; false at the end of the document.</summary>
    /// <exception cref="NewareFormatException">A tag is broken, or the document does not close what it opens.</exception>
    public bool Read()
    {
        while (NextTag(out ReadOnlySpan<byte> tag))
        {
            if (tag[0] == '/')
            {
                _depth--;
            }
            else if (tag[0] is not ((byte)'?' or (byte)'!'))
            {
                Take(tag);
                return true;
            }
        }

        return _depth == 0 ? false : throw new NewareFormatException("the document does not close every element that it opens");
    }

    /// <summary>Text directly after the start tag, up to the next tag, trimmed, with entities resolved.</summary>
    public readonly string Text() => XmlText.Decode(RawText());

    public readonly ReadOnlySpan<byte> RawText()
    {
        if (IsEmpty)
        {
            return default;
        }

        ReadOnlySpan<byte> rest = _document[_position..];
        int end = rest.IndexOf((byte)'<');
        return XmlText.Trim(end < 0 ? rest : rest[..end]);
    }

    public readonly bool Is(ReadOnlySpan<byte> name) => Name.SequenceEqual(name);

    private void Take(ReadOnlySpan<byte> tag)
    {
        IsEmpty = tag[^1] == '/';
        ReadOnlySpan<byte> body = IsEmpty ? tag[..^1] : tag;
        int end = body.IndexOfAny(" \t\r\n"u8);
        Name = end < 0 ? body : body[..end];
        Attributes = new XmlAttributes(end < 0 ? default : body[end..]);
        _depth += IsEmpty ? 0 : 1;
        if (Name.IsEmpty)
        {
            throw new NewareFormatException("a tag has no name");
        }
    }

    /// <summary>What stands between &lt; and the closing &gt;; never empty.</summary>
    private bool NextTag(out ReadOnlySpan<byte> tag)
    {
        tag = default;
        int start = _document[_position..].IndexOf((byte)'<');
        if (start < 0)
        {
            _position = _document.Length;
            return false;
        }

        ReadOnlySpan<byte> rest = _document[(_position + start + 1)..];
        bool comment = rest.StartsWith("!--"u8);
        int end = comment ? rest.IndexOf("-->"u8) + 2 : EndOfTag(rest);
        if (end <= 0 || (comment && end == 1))
        {
            string shown = Encoding.UTF8.GetString(rest[..Math.Min(40, rest.Length)]);
            throw new NewareFormatException($"the tag that begins with '<{shown}' has no end");
        }

        tag = rest[..end];
        _position += start + 1 + end + 1;
        return true;
    }

    /// <summary>Position of the &gt; that is not inside a quoted value; -1 when another tag begins first.</summary>
    private static int EndOfTag(ReadOnlySpan<byte> rest)
    {
        int position = 0;
        while (true)
        {
            int next = rest[position..].IndexOfAny("\"'<>"u8);
            if (next < 0 || rest[position + next] == '<')
            {
                return -1;
            }

            position += next;
            byte found = rest[position];
            if (found == '>')
            {
                return position;
            }

            int close = rest[(position + 1)..].IndexOf(found);
            if (close < 0)
            {
                return -1;
            }

            position += close + 2;
        }
    }
}
