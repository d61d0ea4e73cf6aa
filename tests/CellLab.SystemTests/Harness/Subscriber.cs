using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace CellLab.SystemTests.Harness;

/// <summary>An independent MQTT subscriber: <c>mosquitto_sub</c> with a session of its own, so that the broker keeps QoS 1 messages for it while
/// it is away.</summary>
internal sealed class Subscriber : IAsyncDisposable
{
    private readonly Child child;

    private Subscriber(Child child) => this.child = child;

    /// <param name="id">Of the session: what was subscribed to and missed under it comes too.</param>
    public static Subscriber Start(int port, string topic, string id = "system-test")
    {
        var start = new ProcessStartInfo("mosquitto_sub")
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        string[] arguments =
        [
            "-h", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture), "-V", "mqttv5", "-q", "1", "-i", id, "-c", "-x", "3600",
            "-D", "connect", "receive-maximum", "1000", "-t", topic,
        ];
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return new Subscriber(new Child("mosquitto_sub", Process.Start(start)!));
    }

    /// <summary>All messages so far: one line each, as mosquitto_sub prints them.</summary>
    public IReadOnlyList<JsonElement> Messages => [.. child.Said.Split('\n').Where(line => line.StartsWith('{')).Select(line => JsonDocument.Parse(line).RootElement)];

    /// <summary>Sequence numbers in the order in which they came.</summary>
    public IReadOnlyList<long> SequenceNumbers => [.. Messages.SelectMany(RecordsMessage.SequenceNumbers)];

    public Task UntilAsync(string what, Func<IReadOnlyList<JsonElement>, bool> holds) =>
        Eventually.GetAsync(what, TimeSpan.FromSeconds(60), () => Task.FromResult(Messages), holds);

    public ValueTask DisposeAsync() => child.DisposeAsync();
}
