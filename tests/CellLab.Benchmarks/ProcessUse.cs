using System.Diagnostics;
using System.Globalization;

namespace CellLab.Benchmarks;

/// <summary>What this process has used so far. <see cref="WrittenBytes"/> is what went to the disk by the system's count; null where the system
/// does not tell.</summary>
internal sealed record ProcessUse(TimeSpan Processor, double? WrittenBytes)
{
    public static ProcessUse Now()
    {
        using Process process = Process.GetCurrentProcess();
        return new ProcessUse(process.TotalProcessorTime, ReadWrittenBytes());
    }

    private static double? ReadWrittenBytes()
    {
        const string File = "/proc/self/io";
        const string Field = "write_bytes: ";
        return System.IO.File.Exists(File)
            ? double.Parse(System.IO.File.ReadLines(File).First(l => l.StartsWith(Field, StringComparison.Ordinal))[Field.Length..], CultureInfo.InvariantCulture)
            : null;
    }
}
