using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EcoChemie.Autolab.Sdk.Links;

/// <summary>To a simulated instrument on this machine: one line asks, one line answers. <c>ok SECONDS VOLTS AMPERES CELL OVER_I OVER_E STALE [REAL IMAGINARY]</c>,
/// or <c>error TEXT</c>.</summary>
internal sealed class LoopbackLink : IInstrumentLink
{
    private readonly TcpClient _client;
    private readonly StreamReader _reader;
    private readonly StreamWriter _writer;

    public LoopbackLink(int port)
    {
        _client = new TcpClient { NoDelay = true };
        try
        {
            _client.Connect(IPAddress.Loopback, port);
        }
        catch (SocketException e)
        {
            throw new InvalidOperationException("no instrument was found", e);
        }

        _reader = new StreamReader(_client.GetStream(), Encoding.ASCII);
        _writer = new StreamWriter(_client.GetStream(), Encoding.ASCII) { AutoFlush = false };
    }

    public Snapshot Read() => Snapshot(Ask("read"));

    public Snapshot Set(string what, double value) => Snapshot(Ask($"set {what}", value));

    public Snapshot Begin() => Snapshot(Ask("begin"));

    public Snapshot End() => Snapshot(Ask("end"));

    public Snapshot Wait(double seconds, double wallSeconds) => Snapshot(Ask("wait", seconds, wallSeconds));

    public (double Real, double Imaginary, Snapshot After) Measure(double hertz, double amplitude, double seconds)
    {
        double[] values = Ask("fra", hertz, amplitude, seconds);
        return (values[7], values[8], Snapshot(values));
    }

    public void Dispose() => _client.Dispose();

    private static Snapshot Snapshot(double[] values) => new(values[0], values[1], values[2], values[3] > 0, values[4] > 0, values[5] > 0, values[6] > 0);

    private double[] Ask(string words, params double[] values)
    {
        string? answer;
        try
        {
            _writer.Write(string.Join(' ', [words, .. values.Select(v => v.ToString("R", CultureInfo.InvariantCulture))]) + "\n");
            _writer.Flush();
            answer = _reader.ReadLine();
        }
        catch (IOException e)
        {
            throw new InvalidOperationException("the instrument does not answer", e);
        }

        return answer is not null && answer.StartsWith("ok ", StringComparison.Ordinal)
            ? [.. answer[3..].Split(' ').Select(v => double.Parse(v, CultureInfo.InvariantCulture))]
            : throw new InvalidOperationException(answer is null ? "the instrument does not answer" : answer["error ".Length..]);
    }
}
