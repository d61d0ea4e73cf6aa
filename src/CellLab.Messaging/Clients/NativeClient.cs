using System.Runtime.InteropServices;

namespace CellLab.Messaging.Clients;

/// <summary>Owns one native client. Connect and Loop belong to one thread; the rest may be called from any (the library locks).
/// Dispose only after the loop has ended.</summary>
internal sealed unsafe class NativeClient : IDisposable
{
    private readonly INativeEvents _events;
    private readonly MessageClientOptions _options;
    private GCHandle _self;
    private nint _client;
    private nint _connectProperties;
    private Exception? _callbackError;

    /// <exception cref="MessageException">The library is missing or refuses a setting.</exception>
    public NativeClient(MessageClientOptions options, string clientId, Announcement? announcement, INativeEvents events)
    {
        NativeLibraryLoader.EnsureLoaded();
        _events = events;
        _options = options;
        _self = GCHandle.Alloc(this);
        _client = LibMosquitto.New(clientId, cleanStart: false, GCHandle.ToIntPtr(_self));
        Check(_client != 0 ? LibMosquitto.Success : 3, $"create the MQTT client '{clientId}'");
        Configure(announcement);
        NativeCallbacks.Register(_client);
    }

    public static string Describe(int code) => code == LibMosquitto.Errno
        ? Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())
        : Marshal.PtrToStringUTF8(LibMosquitto.ErrorText(code))?.TrimEnd('.') ?? FormattableString.Invariant($"error {code}");

    public static string DescribeReason(int reason) =>
        FormattableString.Invariant($"{Marshal.PtrToStringUTF8(LibMosquitto.ReasonText(reason))} (reason {reason})");

    public void OnConnectAnswer(int reason, bool sessionPresent) => _events.OnConnectAnswer(reason, sessionPresent);

    public void OnPublished(int mid, int reason) => _events.OnPublished(mid, reason);

    public void OnSubscribed(int mid, int reason) => _events.OnSubscribed(mid, reason);

    public void OnMessage(NativeIncoming message) => _events.OnMessage(message);

    public void NoteCallbackError(Exception error) => _callbackError = error;

    /// <summary>The exception that a callback ended with since the last call, if any.</summary>
    public Exception? TakeCallbackError()
    {
        Exception? error = _callbackError;
        _callbackError = null;
        return error;
    }

    /// <summary>Blocks for the name look-up and the connection.</summary>
    public int Connect() => LibMosquitto.Connect(
        _client, _options.Broker.HostOrPath, _options.Broker.Port, (int)_options.KeepAlive.TotalSeconds, null, _connectProperties);

    public int Loop(int timeoutMilliseconds) => LibMosquitto.Loop(_client, timeoutMilliseconds, 1);

    public int Disconnect() => LibMosquitto.Disconnect(_client, 0, 0);

    public int Publish(string topic, ReadOnlySpan<byte> payload, int qos, bool retain, out int mid)
    {
        int given;
        fixed (byte* bytes = payload)
        {
            int code = LibMosquitto.Publish(_client, &given, topic, payload.Length, bytes, qos, retain, 0);
            mid = given;
            return code;
        }
    }

    public int Subscribe(string filter, int qos, uint subscriptionId, out int mid)
    {
        nint properties = 0;
        int given;
        _ = LibMosquitto.PropertyAddVarint(&properties, LibMosquitto.PropertySubscriptionIdentifier, subscriptionId);
        int code = LibMosquitto.Subscribe(_client, &given, filter, qos, 0, properties);
        LibMosquitto.PropertyFreeAll(&properties);
        mid = given;
        return code;
    }

    public int Unsubscribe(string filter)
    {
        int mid;
        return LibMosquitto.Unsubscribe(_client, &mid, filter, 0);
    }

    public void Dispose()
    {
        if (_client == 0)
        {
            return;
        }

        LibMosquitto.Destroy(_client);
        _client = 0;
        nint properties = _connectProperties;
        LibMosquitto.PropertyFreeAll(&properties);
        _connectProperties = 0;
        _self.Free();
    }

    private void Configure(Announcement? announcement)
    {
        Check(LibMosquitto.IntOption(_client, LibMosquitto.OptionProtocolVersion, LibMosquitto.ProtocolVersion5), "choose MQTT 5");
        Check(LibMosquitto.IntOption(_client, LibMosquitto.OptionReceiveMaximum, _options.InFlight), "set the receive maximum");
        Check(LibMosquitto.IntOption(_client, LibMosquitto.OptionSendMaximum, _options.InFlight), "set the send maximum");
        Check(LibMosquitto.IntOption(_client, LibMosquitto.OptionTcpNoDelay, 1), "set no delay");
        Check(LibMosquitto.ThreadedSet(_client, threaded: true), "run the loop on an own thread");
        nint properties = 0;
        _ = LibMosquitto.PropertyAddInt32(&properties, LibMosquitto.PropertySessionExpiry, (uint)_options.SessionExpiry.TotalSeconds);
        _ = LibMosquitto.PropertyAddInt16(&properties, LibMosquitto.PropertyReceiveMaximum, _options.InFlight);
        _connectProperties = properties;
        if (_options.User is not null)
        {
            Check(LibMosquitto.UserNamePasswordSet(_client, _options.User, _options.Password), "set user and password");
        }

        if (announcement is not null)
        {
            fixed (byte* bytes = announcement.Offline)
            {
                Check(LibMosquitto.WillSet(_client, announcement.Topic, announcement.Offline.Length, bytes, 1, true, 0), "set the will");
            }
        }
    }

    private static void Check(int code, string what)
    {
        if (code != LibMosquitto.Success)
        {
            throw new MessageException($"libmosquitto could not {what}: {Describe(code)}");
        }
    }
}
