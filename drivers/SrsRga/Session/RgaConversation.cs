using System.Buffers;
using System.Globalization;
using CellLab.Core.Devices;
using CellLab.Drivers.SrsRga.Wire;

namespace CellLab.Drivers.SrsRga.Session;

/// <summary>Exchanges with a head whose stream is in step, one at a time. Throws <see cref="RgaFormatException"/> and
/// <see cref="RgaSilenceException"/> where the stream is out of step afterwards.</summary>
internal sealed class RgaConversation(DeviceId device, RgaLink link, SrsRgaOptions options, TimeProvider wall)
{
    /// <summary>Fractions are cut after four decimals.</summary>
    private const double KeptWithin = 1.01e-4;

    private static readonly TimeSpan s_textTime = TimeSpan.FromSeconds(1);

    /// <summary>Asks for a stored or measured value.</summary>
    public Task<string> AskAsync(string command, CancellationToken cancellationToken) =>
        ExchangeAsync<string>($"{command}?", RgaCodec.Write(command, "?"), RgaCodec.TryReadText, s_textTime, cancellationToken);

    public async Task<double> AskNumberAsync(string command, CancellationToken cancellationToken) =>
        RgaCodec.ParseNumber(await AskAsync(command, cancellationToken));

    public async Task<RgaStatus> StatusAsync(CancellationToken cancellationToken) =>
        (RgaStatus)RgaCodec.ParseByte(await AskAsync("ER", cancellationToken));

    /// <summary>A command that acts and answers STATUS when it is done.</summary>
    public Task<RgaStatus> ActAsync(string command, double parameter, TimeSpan takes, CancellationToken cancellationToken) =>
        ActAsync(RgaCodec.Write(command, parameter), command, takes, cancellationToken);

    /// <summary>The same, where an error is a refusal.</summary>
    /// <exception cref="DeviceFaultException">Rejected, with what the error bytes say.</exception>
    public async Task RequireAsync(string command, double parameter, TimeSpan takes, CancellationToken cancellationToken)
    {
        RgaStatus status = await ActAsync(command, parameter, takes, cancellationToken);
        await RequireHealthyAsync(FormattableString.Invariant($"{command}{parameter:0.####}"), status, cancellationToken);
    }

    /// <summary>The same before there is emission: a filament that has tripped is reported with every STATUS until there is some again (SRS RGA manual, error
    /// reporting), and is not this command's fault.</summary>
    /// <exception cref="DeviceFaultException">Rejected, with what the error bytes say.</exception>
    public async Task RequireBeforeEmissionAsync(string command, double parameter, TimeSpan takes, CancellationToken cancellationToken)
    {
        RgaStatus status = await ActAsync(command, parameter, takes, cancellationToken);
        await RequireHealthyAsync(FormattableString.Invariant($"{command}{parameter:0.####}"), status & ~RgaStatus.Filament, cancellationToken);
    }

    /// <summary>The same for a command without a parameter.</summary>
    /// <exception cref="DeviceFaultException">Rejected, with what the error bytes say.</exception>
    public async Task RequireAsync(string command, TimeSpan takes, CancellationToken cancellationToken)
    {
        RgaStatus status = await ActAsync(RgaCodec.Write(command), command, takes, cancellationToken);
        await RequireHealthyAsync(command, status, cancellationToken);
    }

    /// <summary>A command that only stores a number (four decimals) and answers nothing: asked back.</summary>
    /// <exception cref="DeviceFaultException">Rejected: the head keeps another value.</exception>
    public async Task StoreAsync(string command, double parameter, CancellationToken cancellationToken)
    {
        await TellAsync(command, parameter.ToString("0.####", CultureInfo.InvariantCulture), cancellationToken);
        double kept = await AskNumberAsync(command, cancellationToken);
        if (!(Math.Abs(kept - parameter) <= KeptWithin))
        {
            RgaStatus status = await StatusAsync(cancellationToken);
            string errors = string.Join("; ", await ErrorsAsync(status, cancellationToken));
            throw Rejected(FormattableString.Invariant(
                $"{command}{parameter:0.####} was not taken, the head keeps {kept}{(errors.Length > 0 ? $" ({errors})" : "")}"));
        }
    }

    /// <summary>A silent command that nothing can be asked back of.</summary>
    public async Task TellAsync(string command, string parameter, CancellationToken cancellationToken)
    {
        RefuseSurplus(command);
        await link.SendAsync(RgaCodec.Write(command, parameter), cancellationToken);
    }

    /// <summary>Ion currents in A. <paramref name="first"/> is called when the first of them has come.</summary>
    public async Task<double[]> WordsAsync(
        string command, string parameter, int count, TimeSpan takes, Action first, CancellationToken cancellationToken)
    {
        bool begun = false;
        return await ExchangeAsync<double[]>(command + parameter, RgaCodec.Write(command, parameter), Read, takes, cancellationToken);

        bool Read(ref ReadOnlySequence<byte> buffer, out double[] words)
        {
            if (!begun && buffer.Length >= RgaCodec.WordBytes)
            {
                begun = true;
                first();
            }

            return RgaCodec.TryReadWords(ref buffer, count, out words);
        }
    }

    /// <summary>Reads those error bytes whose bit is set; reading clears most of them.</summary>
    public async Task<IReadOnlyList<string>> ErrorsAsync(RgaStatus status, CancellationToken cancellationToken)
    {
        var sentences = new List<string>();
        foreach (RgaErrorByte error in RgaErrorByte.All.Where(e => status.HasFlag(e.Bit)))
        {
            int value = RgaCodec.ParseByte(await AskAsync(error.Command, cancellationToken));
            sentences.AddRange(value == 0 ? [$"{error.Subject}: gone when asked"] : error.Describe(value));
        }

        return sentences;
    }

    public DeviceFaultException Rejected(string message) => new(FaultKind.Rejected, device, message);

    private async Task<RgaStatus> ActAsync(byte[] request, string command, TimeSpan takes, CancellationToken cancellationToken) =>
        (RgaStatus)RgaCodec.ParseByte(await ExchangeAsync<string>(command, request, RgaCodec.TryReadText, takes, cancellationToken));

    private async Task RequireHealthyAsync(string what, RgaStatus status, CancellationToken cancellationToken)
    {
        if (status != RgaStatus.Healthy)
        {
            string errors = string.Join("; ", await ErrorsAsync(status, cancellationToken));
            throw Rejected($"{what} ended with STATUS {(int)status}: {errors}");
        }
    }

    private async Task<T> ExchangeAsync<T>(
        string what, byte[] request, RgaLink.AnswerReader<T> read, TimeSpan takes, CancellationToken cancellationToken)
    {
        RefuseSurplus(what);
        TimeSpan limit = takes + options.ReplyMargin;
        using var timeout = new CancellationTokenSource(limit, wall);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await link.SendAsync(request, either.Token);
            return await link.ReceiveAsync(read, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RgaSilenceException($"{what}: no whole answer within {limit.TotalSeconds:0.#} s{(link.HasSurplus ? ", only a part of it" : "")}");
        }
    }

    private void RefuseSurplus(string next)
    {
        if (link.HasSurplus)
        {
            throw new RgaFormatException($"bytes had come that no command had asked for, seen before {next}");
        }
    }
}
