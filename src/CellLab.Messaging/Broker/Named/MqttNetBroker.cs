using System.Net;
using System.Net.Sockets;
using CellLab.Messaging.Clients;
using Microsoft.Extensions.Logging;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace CellLab.Messaging.Broker.Named;

/// <summary>MQTTnet's server inside this process. As with mosquitto, everybody on this machine may read over TCP and only this installation's
/// own processes, over the Unix socket, may publish.</summary>
internal sealed class MqttNetBroker : IBroker
{
    private const int MostQueued = 100_000;
    private const string Ours = "celllab-own";
    private static readonly TimeSpan s_portPatience = TimeSpan.FromSeconds(2);

    private readonly BrokerOptions _options;
    private readonly BrokerFiles _files;
    private readonly TimeProvider _wall;
    private readonly ILogger _logger;
    private readonly BackOff _backOff = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(1));
    private MqttServer? _server;

    public MqttNetBroker(BrokerOptions options, string stateFolder, TimeProvider wall, ILogger<MqttNetBroker> logger)
    {
        _options = options;
        _files = BrokerFiles.In(stateFolder);
        _wall = wall;
        _logger = logger;
        Address = options.AddressFor(stateFolder);
    }

    public BrokerAddress Address { get; }

    public int StartCount { get; private set; }

    public string? Problem => _server is { IsStarted: true } ? null : "the broker has not been started";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        BrokerReadiness.RequireLoopback(_options);
        PrepareFiles();
        long began = _wall.GetTimestamp();
        while (true)
        {
            try
            {
                await StartOnceAsync();
                return;
            }
            catch (PortInUseException) when (_wall.GetElapsedTime(began) < s_portPatience)
            {
                await Task.Delay(_backOff.Next(), _wall, cancellationToken);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is { } server)
        {
            _server = null;
            await server.StopAsync(new MqttServerStopOptions());
            server.Dispose();
        }
    }

    private void PrepareFiles()
    {
        try
        {
            _files.Prepare();
            File.Delete(_files.Socket);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BrokerException($"the broker's files in {_files.Folder} could not be written: {error.Message}", error);
        }
    }

    private async Task StartOnceAsync()
    {
        var factory = new MqttServerFactory();
        MqttServer server = factory.CreateMqttServer(
            Options(factory), [.. factory.DefaultServerAdapters.Select(make => make(factory)), new UnixSocketAdapter(_files.Socket)]);
        server.ValidatingConnectionAsync += told =>
        {
            told.SessionItems[Ours] = UnixSocketAdapter.IsOurs(told);
            return Task.CompletedTask;
        };
        server.InterceptingPublishAsync += RefuseStrangers;
        try
        {
            await server.StartAsync();
        }
        catch (SocketException error)
        {
            server.Dispose();
            throw error.SocketErrorCode == SocketError.AddressAlreadyInUse
                ? BrokerReadiness.PortInUse(_options)
                : new BrokerException($"the broker could not be started: {error.Message}", error);
        }

        _server = server;
        StartCount++;
        Log.BrokerReady(_logger, _options.Host, _options.Port);
    }

    /// <summary>Without bounds of its own MQTTnet keeps 1,000 messages for a client and drops the oldest, and listens on every address.</summary>
    private MqttServerOptions Options(MqttServerFactory factory)
    {
        IPAddress host = _options.Host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(_options.Host);
        bool six = host.AddressFamily == AddressFamily.InterNetworkV6;
        return factory.CreateServerOptionsBuilder()
            .WithDefaultEndpoint()
            .WithDefaultEndpointBoundIPAddress(six ? IPAddress.None : host)
            .WithDefaultEndpointBoundIPV6Address(six ? host : IPAddress.None)
            .WithDefaultEndpointPort(_options.Port)
            .WithPersistentSessions()
            .WithMaxPendingMessagesPerClient(MostQueued)
            .Build();
    }

    private static Task RefuseStrangers(InterceptingPublishEventArgs told)
    {
        if (told.SessionItems[Ours] is not true)
        {
            told.ProcessPublish = false;
            told.Response.ReasonCode = MqttPubAckReasonCode.NotAuthorized;
        }

        return Task.CompletedTask;
    }
}
