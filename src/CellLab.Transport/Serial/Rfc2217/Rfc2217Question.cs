namespace CellLab.Transport.Serial.Rfc2217;

/// <summary>A question to a device server, and its answer once that has come.</summary>
/// <param name="Fits">Whether an answer of this kind can be that to this question.</param>
internal sealed record Rfc2217Question(byte Command, Func<byte[], bool> Fits)
{
    public TaskCompletionSource<byte[]> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
