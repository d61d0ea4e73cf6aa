using System.Buffers.Binary;
using System.Text;
using CellLab.HardwareSim.Control;
using CellLab.HardwareSim.Time;
using CellLab.Transport;

namespace CellLab.HardwareSim.SrsRga;

/// <summary>One client's stream to the head: commands one after the other; any byte ends a scan.</summary>
internal sealed class RgaLine(RgaHeadModel head, IConnection connection, FaultBoard faults, string deviceId, LabPace pace, MeasuringLeash leash, TimeProvider wall)
{
    private const int WordBytes = 4;
    private readonly RgaInput _input = new(connection);
    private readonly RgaOutput _output = new(connection, faults, deviceId, wall);
    private int _stuck;

    /// <summary>Returns when the client has gone.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task filling = _input.FillAsync(end.Token);
        try
        {
            while (await _input.ReadLineAsync(cancellationToken) is string line)
            {
                if (line.Length > 0)
                {
                    await AnswerAsync(line, cancellationToken);
                }
            }
        }
        finally
        {
            await end.CancelAsync();
            await filling.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private async Task AnswerAsync(string line, CancellationToken cancellationToken)
    {
        if (_input.TakeOverrun())
        {
            head.Errors.Set("EC", 3);
        }

        TakeFaultsOfTheSource();
        string command = line[..Math.Min(2, line.Length)].ToUpperInvariant();
        if (command == "FL" && line.Length > 2 && line[2] is not ('?' or '0') && IsOn(FaultNames.FilamentRefused))
        {
            head.Trip(filamentBit: 6);
            line = "ER?";
        }

        if (command == "MR")
        {
            leash.Read();
        }

        RgaAnswer answer = head.Execute(line);
        if (answer.Words is { } scan)
        {
            await ScanAsync(scan, command, cancellationToken);
        }
        else if (await FinishAsync(answer, cancellationToken))
        {
            TakeFaultsOfTheSource();
            string text = answer.EndsWithStatus ? FormattableString.Invariant($"{head.Errors.Status}") : answer.Text ?? "";
            if (text.Length > 0)
            {
                await _output.SendAsync(Encoding.ASCII.GetBytes(text + "\n\r"), command, isText: true, cancellationToken);
            }
        }
    }

    /// <summary>False when input has ended the work without an answer.</summary>
    private async Task<bool> FinishAsync(RgaAnswer answer, CancellationToken cancellationToken)
    {
        if (answer.AnyByteStops)
        {
            return await pace.ReachAsync(pace.SecondsNow + answer.Seconds, _input.Waiting, cancellationToken);
        }

        await pace.ReachAsync(pace.SecondsNow + answer.Seconds, cancellationToken);
        return true;
    }

    private async Task ScanAsync(RgaScan scan, string command, CancellationToken cancellationToken)
    {
        double due = pace.SecondsNow + scan.LeadSeconds;
        double?[] block = [.. scan.Masses.Select(m => (double?)m), .. scan.EndsWithTotal ? [null] : Array.Empty<double?>()];
        for (int done = 0; scan.Blocks is not { } blocks || done < blocks; done++)
        {
            var ready = new MemoryStream();
            for (int i = 0; i < block.Length; i++)
            {
                due += scan.SecondsEach;
                bool late = pace.SecondsNow >= due;
                if (!late)
                {
                    await FlushAsync(ready, command, cancellationToken);
                }

                if (!await pace.ReachAsync(due, _input.Waiting, cancellationToken))
                {
                    return; // output that has not left yet is lost with the scan
                }

                ready.Write(Word(due - (scan.SecondsEach / 2), block[i], scan.SecondsEach));
            }

            await FlushAsync(ready, command, cancellationToken);
        }
    }

    private byte[] Word(double seconds, double? mass, double dwellSeconds)
    {
        TakeFaultsOfTheSource();
        int value = head.Word(seconds, mass, dwellSeconds);
        _stuck = IsOn(FaultNames.StuckWord) ? _stuck : value;
        byte[] bytes = new byte[WordBytes];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, _stuck);
        return bytes;
    }

    private async Task FlushAsync(MemoryStream ready, string command, CancellationToken cancellationToken)
    {
        if (ready.Length > 0)
        {
            byte[] bytes = ready.ToArray();
            ready.SetLength(0);
            await _output.SendAsync(bytes, command, isText: false, cancellationToken);
        }
    }

    private void TakeFaultsOfTheSource()
    {
        if (head.Emission > 0 && IsOn(FaultNames.HeadRestart))
        {
            head.PowerOn();
        }

        if (head.Emission > 0 && IsOn(FaultNames.Overpressure))
        {
            head.Trip(filamentBit: 5);
        }
        else if (head.Emission > 0 && IsOn(FaultNames.FilamentOff))
        {
            head.Trip(filamentBit: 7);
        }
    }

    private bool IsOn(string fault) => faults.IsOn(fault, deviceId);
}
