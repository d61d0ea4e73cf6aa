namespace CellLab.Messaging.Clients;

/// <summary>Told by a <see cref="BrokerConnection"/> from its own thread, outside the library's locks.</summary>
internal interface IConnectionOwner
{
    /// <summary>Connected, and everything that was on its way before has been sent again.</summary>
    void OnUp();

    void OnDown();

    void OnSubscribed(int mid, int reason);

    /// <summary>May block to hold the broker back; ends when <paramref name="cancellationToken"/> says so.</summary>
    void OnArrived(NativeIncoming message, CancellationToken cancellationToken);
}
