using System.Text;

namespace CellLab.Service.Labels;

/// <summary>Code words of a QR code (ISO/IEC 18004, byte mode, error correction level M): data, padding, and Reed-Solomon words over GF(256) with 0x11D.</summary>
internal static class QrBytes
{
    /// <summary>By version from 1: data words of one block, number of blocks (all equal at these sizes), correction words of one block.</summary>
    private static readonly (int Data, int Blocks, int Correction)[] s_layouts = [(16, 1, 10), (28, 1, 16), (44, 1, 26), (32, 2, 18), (43, 2, 24), (27, 4, 16)];

    /// <summary>Mode and length before, nothing after.</summary>
    private const int OverheadBits = 12;

    /// <returns>Version from 1 and the words in the order in which they are placed.</returns>
    /// <exception cref="ArgumentException">The text is longer than 106 bytes.</exception>
    public static (int Version, byte[] Words) Of(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        int version = 1 + Array.FindIndex(s_layouts, layout => (layout.Data * layout.Blocks * 8) - OverheadBits >= bytes.Length * 8);
        if (version == 0)
        {
            throw new ArgumentException($"{bytes.Length} bytes are too many for a label's code; 106 fit", nameof(text));
        }

        (int data, int blocks, int correction) = s_layouts[version - 1];
        byte[] words = Data(bytes, data * blocks);
        byte[][] parts = [.. words.Chunk(data)];
        byte[][] corrections = [.. parts.Select(part => Correction(part, correction))];
        return (version, [.. Interleaved(parts, data), .. Interleaved(corrections, correction)]);
    }

    private static byte[] Data(byte[] bytes, int length)
    {
        var words = new byte[length];
        words[0] = (byte)(0x40 | (bytes.Length >> 4)); // byte mode, length in 8 bits
        words[1] = (byte)(bytes.Length << 4);
        for (int index = 0; index < bytes.Length; index++)
        {
            words[index + 1] |= (byte)(bytes[index] >> 4);
            words[index + 2] = (byte)(bytes[index] << 4); // the last one ends with the terminator's four zeros
        }

        for (int index = bytes.Length + 2; index < length; index++)
        {
            words[index] = (byte)((index - bytes.Length) % 2 == 0 ? 0xEC : 0x11);
        }

        return words;
    }

    private static IEnumerable<byte> Interleaved(byte[][] parts, int length) => Enumerable.Range(0, length).SelectMany(index => parts.Select(part => part[index]));

    /// <summary>Remainder of the data times x^n by the generator with roots 1, 2, 4, ...</summary>
    private static byte[] Correction(byte[] data, int count)
    {
        byte[] generator = Generator(count);
        var remainder = new byte[count];
        foreach (byte word in data)
        {
            byte factor = (byte)(word ^ remainder[0]);
            Array.Copy(remainder, 1, remainder, 0, count - 1);
            remainder[^1] = 0;
            for (int index = 0; index < count; index++)
            {
                remainder[index] ^= Product(generator[index], factor);
            }
        }

        return remainder;
    }

    /// <summary>Without its leading 1, highest power first.</summary>
    private static byte[] Generator(int degree)
    {
        var generator = new byte[degree];
        generator[^1] = 1;
        byte root = 1;
        for (int round = 0; round < degree; round++)
        {
            for (int index = 0; index < degree; index++)
            {
                generator[index] = (byte)(Product(generator[index], root) ^ (index + 1 < degree ? generator[index + 1] : 0));
            }

            root = Product(root, 2);
        }

        return generator;
    }

    private static byte Product(byte one, byte other)
    {
        int product = 0;
        for (int bit = 7; bit >= 0; bit--)
        {
            product = (product << 1) ^ ((product >> 7) * 0x11D);
            product ^= ((other >> bit) & 1) * one;
        }

        return (byte)product;
    }
}
