using System.ComponentModel;
using System.Diagnostics;

namespace CellLab.Drivers.XrdTrigger.Host;

/// <summary>What one exposure is to be.</summary>
public sealed record ExposureOrder(string Id, string Run, string Program, string Metadata);

/// <param name="Problem">Null when the exposure ended well.</param>
/// <param name="File">The pattern's file, where the command names it.</param>
public sealed record ExposureResult(string? Problem, string? File);

/// <summary>Runs a command for one exposure: it ends with the exposure, code 0 is success, the last line of its output is the pattern's file.
/// <c>{id}</c>, <c>{run}</c> and <c>{program}</c> in its arguments are replaced; no shell comes between. The metadata is in the environment as
/// <c>CELLLAB_META</c>.</summary>
public sealed class ExposureCommand(IReadOnlyList<string> command)
{
    public async Task<ExposureResult> RunAsync(ExposureOrder order, CancellationToken cancellationToken)
    {
        using Process? process = Start(order, out string? problem);
        if (process is null)
        {
            return new ExposureResult(problem, null);
        }

        try
        {
            string? last = null;
            while (await process.StandardOutput.ReadLineAsync(cancellationToken) is string line)
            {
                last = line.Trim().Length > 0 ? line.Trim() : last;
            }

            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0 ? new ExposureResult(null, last) : new ExposureResult($"{command[0]} ended with code {process.ExitCode}; its last words: {last}", null);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return new ExposureResult("aborted", null);
        }
    }

    private Process? Start(ExposureOrder order, out string? problem)
    {
        var start = new ProcessStartInfo(command[0]) { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (string argument in command.Skip(1))
        {
            start.ArgumentList.Add(argument.Replace("{id}", order.Id, StringComparison.Ordinal).Replace("{run}", order.Run, StringComparison.Ordinal)
                .Replace("{program}", order.Program, StringComparison.Ordinal));
        }

        start.Environment["CELLLAB_META"] = order.Metadata;
        try
        {
            problem = null;
            return Process.Start(start);
        }
        catch (Win32Exception error)
        {
            problem = $"{command[0]} cannot be started: {error.Message}";
            return null;
        }
    }
}
