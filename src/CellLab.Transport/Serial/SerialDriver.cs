namespace CellLab.Transport.Serial;

/// <summary>Whose code works a serial port.</summary>
public enum SerialDriver
{
    /// <summary>On Windows System.IO.Ports where this build has it, else termios.</summary>
    Usual,

    /// <summary>The C library of Linux: any rate, and pseudo-terminals.</summary>
    Termios,

    /// <summary>The package System.IO.Ports, in builds with the named packages.</summary>
    SystemIoPorts,
}
