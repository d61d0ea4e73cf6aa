using MQTTnet;

namespace CellLab.Messaging.Clients.Named;

/// <summary>Told by a <see cref="MqttNetConnection"/>.</summary>
internal interface IMqttNetOwner
{
    /// <summary>Connected; what was on its way goes out again before anything later.</summary>
    void OnUp(IMqttClient client);

    void OnDown();

    /// <summary>The next message comes when this has ended.</summary>
    ValueTask OnArrivedAsync(NativeIncoming message, CancellationToken cancellationToken);
}
