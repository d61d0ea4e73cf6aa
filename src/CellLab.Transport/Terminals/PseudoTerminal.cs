using System.Text;
using CellLab.Transport.Native;
using CellLab.Transport.Serial;

namespace CellLab.Transport.Terminals;

/// <summary>The instrument's side of a pseudo-terminal: a serial line without hardware. The other side is kept open and raw, so that it
/// neither echoes nor ends when a client leaves. Rate, parity and modem lines have no effect on it.</summary>
internal sealed class PseudoTerminal : IDisposable
{
    private readonly DescriptorHandle _far;

    private PseudoTerminal(DescriptorHandle far, DescriptorStream stream, string path)
    {
        _far = far;
        Stream = stream;
        Path = path;
    }

    public Stream Stream { get; }

    /// <summary>What a client opens.</summary>
    public string Path { get; }

    /// <exception cref="IOException">The system has no pseudo-terminals left, or none at all.</exception>
    public static PseudoTerminal Open()
    {
        DescriptorHandle near = Checked(LibC.OpenPseudoTerminal(LibC.ReadWrite | LibC.NoControllingTerminal | LibC.NonBlocking | LibC.CloseOnExec));
        try
        {
            if (LibC.Grant(near) != 0 || LibC.Unlock(near) != 0)
            {
                throw Failed();
            }

            string path = NameOf(near);
            DescriptorHandle far = Checked(LibC.Open(path, LibC.ReadWrite | LibC.NoControllingTerminal | LibC.NonBlocking | LibC.CloseOnExec));
            Termios.Apply(far, new SerialSettings());
            return new PseudoTerminal(far, new DescriptorStream(near), path);
        }
        catch
        {
            near.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Stream.Dispose();
        _far.Dispose();
    }

    private static unsafe string NameOf(DescriptorHandle near)
    {
        byte* name = stackalloc byte[256];
        return LibC.Name(near, name, 256) == 0
            ? Encoding.UTF8.GetString(System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name))
            : throw Failed();
    }

    private static DescriptorHandle Checked(int descriptor) => descriptor >= 0 ? new DescriptorHandle(descriptor) : throw Failed();

    private static IOException Failed() => new($"no pseudo-terminal: {LibC.LastErrorText()}");
}
