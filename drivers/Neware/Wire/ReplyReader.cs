using System.Text;

namespace CellLab.Drivers.Neware.Wire;

/// <summary>Opens a reply: checks its command and leaves the scanner behind it.</summary>
internal static class ReplyReader
{
    /// <param name="commands">Accepted commands of the reply, separated by blanks: some clients misspell theirs.</param>
    /// <exception cref="NewareFormatException">It is not a reply, or that of another command: a late one, or a stream out of step.</exception>
    public static XmlScanner Open(ReadOnlySpan<byte> frame, string commands)
    {
        var scanner = new XmlScanner(frame);
        if (!scanner.Read() || !scanner.Is("bts"u8))
        {
            throw new NewareFormatException("the document does not begin with <bts>");
        }

        if (!scanner.Read() || !scanner.Is("cmd"u8))
        {
            throw new NewareFormatException("the reply does not name its command");
        }

        string command = scanner.Text();
        return commands.Split(' ').Contains(command)
            ? scanner
            : throw new NewareFormatException($"expected the reply {commands.Replace(" ", " or ", StringComparison.Ordinal)}, found {command}");
    }

    /// <summary>Moves to the next element of that name; false at the end of the reply. A <c>result</c> of <c>false</c> on the way is a refusal
    /// of the whole request.</summary>
    public static bool Next(ref XmlScanner scanner, ReadOnlySpan<byte> name)
    {
        while (scanner.Read())
        {
            if (scanner.Is(name))
            {
                return true;
            }

            RefuseResult(scanner);
        }

        return false;
    }

    /// <summary>Moves to the next <c>data</c> element; compares the address of the repeated request where the reply has it.</summary>
    public static bool NextData(ref XmlScanner scanner, ReadOnlySpan<byte> head, NewareChannel asked)
    {
        while (scanner.Read())
        {
            if (scanner.Is("data"u8))
            {
                return true;
            }

            RefuseResult(scanner);
            if (scanner.Is(head))
            {
                CheckAddress(scanner.Attributes, asked);
            }
        }

        return false;
    }

    /// <summary>As <see cref="Next"/>, for lists that must answer for every channel asked.</summary>
    public static void Expect(ref XmlScanner scanner, ReadOnlySpan<byte> name, int index, int count)
    {
        if (!Next(ref scanner, name))
        {
            throw new NewareFormatException($"the reply has {index} elements {Encoding.UTF8.GetString(name)}; {count} were asked for");
        }
    }

    private static void RefuseResult(in XmlScanner scanner)
    {
        if (scanner.Is("result"u8) && scanner.RawText().SequenceEqual("false"u8))
        {
            throw new NewareRefusedException();
        }
    }

    private static void CheckAddress(XmlAttributes attribute, NewareChannel asked)
    {
        var address = default(ReplyAddress);
        while (attribute.MoveNext())
        {
            address.Take(attribute);
        }

        address.Check(asked);
    }
}
