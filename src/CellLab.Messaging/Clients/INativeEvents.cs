namespace CellLab.Messaging.Clients;

/// <summary>What the library tells, always on the thread that runs its loop and while it holds its own locks: take note and return.</summary>
internal interface INativeEvents
{
    void OnConnectAnswer(int reason, bool sessionPresent);

    void OnPublished(int mid, int reason);

    void OnSubscribed(int mid, int reason);

    void OnMessage(NativeIncoming message);
}

/// <param name="SubscriptionIds">Identifiers of the subscriptions that the broker delivers this message for; empty when it names none.</param>
internal readonly record struct NativeIncoming(IncomingMessage Message, IReadOnlyList<uint> SubscriptionIds);
