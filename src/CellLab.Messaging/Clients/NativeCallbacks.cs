using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace CellLab.Messaging.Clients;

/// <summary>Entry points for the library. An exception must not cross the native frames, it would end the process, so each one catches
/// everything and hands it to the client to be logged.</summary>
internal static unsafe class NativeCallbacks
{
    public static void Register(nint client)
    {
        LibMosquitto.SetConnectCallback(client, &OnConnect);
        LibMosquitto.SetPublishCallback(client, &OnPublish);
        LibMosquitto.SetMessageCallback(client, &OnMessage);
        LibMosquitto.SetSubscribeCallback(client, &OnSubscribe);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnConnect(nint client, nint user, int reason, int flags, nint properties) =>
        Guarded(user, events => events.OnConnectAnswer(reason, (flags & 1) != 0));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnPublish(nint client, nint user, int mid, int reason, nint properties) =>
        Guarded(user, events => events.OnPublished(mid, reason));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnSubscribe(nint client, nint user, int mid, int count, int* granted, nint properties)
    {
        int reason = count > 0 ? granted[0] : 0;
        Guarded(user, events => events.OnSubscribed(mid, reason));
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnMessage(nint client, nint user, NativeMessage* message, nint properties)
    {
        // Message and properties live only during this call.
        string topic = Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(message->Topic));
        byte[] payload = new ReadOnlySpan<byte>(message->Payload, message->PayloadLength).ToArray();
        var incoming = new NativeIncoming(new IncomingMessage(topic, payload, message->Retain != 0), ReadSubscriptionIds(properties));
        Guarded(user, events => events.OnMessage(incoming));
    }

    private static List<uint> ReadSubscriptionIds(nint properties)
    {
        var ids = new List<uint>(1);
        uint id;
        nint found = LibMosquitto.PropertyReadVarint(properties, LibMosquitto.PropertySubscriptionIdentifier, &id, skipFirst: false);
        while (found != 0)
        {
            ids.Add(id);
            found = LibMosquitto.PropertyReadVarint(found, LibMosquitto.PropertySubscriptionIdentifier, &id, skipFirst: true);
        }

        return ids;
    }

#pragma warning disable CA1031 // every exception ends here: see the summary of the class
    private static void Guarded(nint user, Action<NativeClient> act)
    {
        NativeClient? client = GCHandle.FromIntPtr(user).Target as NativeClient;
        try
        {
            if (client is not null)
            {
                act(client);
            }
        }
        catch (Exception error)
        {
            client?.NoteCallbackError(error);
        }
    }
#pragma warning restore CA1031
}
