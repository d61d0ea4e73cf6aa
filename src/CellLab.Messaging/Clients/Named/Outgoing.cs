namespace CellLab.Messaging.Clients.Named;

/// <summary>A message that has not been acknowledged yet (QoS 1) or not been handed over yet (QoS 0).</summary>
internal sealed class Outgoing(string topic, byte[] payload, int qos, bool retain)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Topic { get; } = topic;

    public byte[] Payload { get; } = payload;

    public int Qos { get; } = qos;

    public bool Retain { get; } = retain;

    public Task Done => _done.Task;

    public void Succeed() => _done.TrySetResult();

    public void Fail(MessageException error) => _done.TrySetException(error);
}
