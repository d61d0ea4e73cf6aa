using System.Diagnostics;
using System.Globalization;

namespace CellLab.Benchmarks.Analysis;

/// <summary>A process that ran to its end: wall time, processor time of all its threads (as far as it was looked at, every 10 ms), peak of its resident memory by the system's count, and what it printed.</summary>
internal sealed record MeasuredProcess(TimeSpan Wall, TimeSpan Processor, double PeakMegabytes, string Output)
{
    private const string Peak = "VmHWM:";
    private static readonly TimeSpan s_lookAgain = TimeSpan.FromMilliseconds(10);

    public static async Task<MeasuredProcess> RunAsync(string executable, string[] arguments, CancellationToken cancellationToken)
    {
        using var process = new Process { StartInfo = new ProcessStartInfo(executable, arguments) { RedirectStandardOutput = true } };
        long started = TimeProvider.System.GetTimestamp();
        process.Start();
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        Task ended = process.WaitForExitAsync(cancellationToken);
        double kilobytes = 0;
        TimeSpan processor = TimeSpan.Zero;
        while (!ended.IsCompleted)
        {
            processor = ReadProcessorTime(process) ?? processor;
            kilobytes = Math.Max(kilobytes, ReadPeakKilobytes(process.Id));
            await Task.WhenAny(ended, Task.Delay(s_lookAgain, TimeProvider.System, cancellationToken));
        }

        TimeSpan wall = TimeProvider.System.GetElapsedTime(started);
        return process.ExitCode == 0
            ? new MeasuredProcess(wall, processor, kilobytes / 1024, await output)
            : throw new InvalidOperationException($"{executable} {string.Join(' ', arguments)} ended with exit code {process.ExitCode}");
    }

    private static TimeSpan? ReadProcessorTime(Process process)
    {
        try
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
        catch (Exception error) when (error is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null; // it has just ended
        }
    }

    /// <summary>0 for a process that has just ended.</summary>
    private static double ReadPeakKilobytes(int id)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{id}/status").FirstOrDefault(one => one.StartsWith(Peak, StringComparison.Ordinal));
            return line is null ? 0 : double.Parse(line[Peak.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
