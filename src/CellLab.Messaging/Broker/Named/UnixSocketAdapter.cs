using System.Net.Sockets;
using MQTTnet.Adapter;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Formatter;
using MQTTnet.Implementations;
using MQTTnet.Server;

namespace CellLab.Messaging.Broker.Named;

/// <summary>Lets MQTTnet's server listen on a Unix socket too, for this installation's own processes: who may open its folder may publish.</summary>
internal sealed class UnixSocketAdapter(string path) : IMqttServerAdapter
{
    private readonly CancellationTokenSource _stopping = new();
    private Socket? _listener;

    public Func<IMqttChannelAdapter, Task>? ClientHandler { get; set; }

    public static bool IsOurs(ValidatingConnectionEventArgs client) => client.RemoteEndPoint is UnixDomainSocketEndPoint;

    public Task StartAsync(MqttServerOptions options, IMqttNetLogger logger)
    {
        _listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        _listener.Listen();
        _ = AcceptAsync(_listener, options, logger);
        return Task.CompletedTask;
    }

    public Task StopAsync()
    {
        _stopping.Cancel();
        _listener?.Dispose(); // takes the socket's file away
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _listener?.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync(Socket listener, MqttServerOptions options, IMqttNetLogger logger)
    {
        try
        {
            while (true)
            {
                Socket client = await listener.AcceptAsync(_stopping.Token);
                _ = ServeAsync(client, options, logger);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // stopped
        }
    }

    private async Task ServeAsync(Socket client, MqttServerOptions options, IMqttNetLogger logger)
    {
        await Task.Yield(); // a client that says nothing must not hold up the next one
        await using var stream = new NetworkStream(client, ownsSocket: true);
        var end = new UnixDomainSocketEndPoint(path);
        var formatter = new MqttPacketFormatterAdapter(new MqttBufferWriter(options.WriterBufferSize, options.WriterBufferSizeMax));
        using var adapter = new MqttChannelAdapter(new MqttTcpChannel(stream, end, end, null), formatter, logger);
        try
        {
            await (ClientHandler?.Invoke(adapter) ?? Task.CompletedTask);
        }
        catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException or MQTTnet.Exceptions.MqttCommunicationException)
        {
            // the client has gone
        }
    }
}
