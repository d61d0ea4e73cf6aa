using CellLab.TestKit.Waiting;

namespace CellLab.ContractTests.Bench;

/// <summary>Questions whose answer comes after nobody waits for it any more.</summary>
public static class LateAnswers
{
    /// <summary>Cancels a question that has gone out; its answer comes 0.3 s later. On a slow machine the answer may win: then it is asked again.</summary>
    public static Task LeaveOneAsync(SimulatedBench bench, OwnWire wire, Func<CancellationToken, Task> ask) => Eventually.TrueAsync(
        async () =>
        {
            await bench.SetFaultAsync("delay", null, ("ms", "300"), ("times", "1"));
            using var cancel = new CancellationTokenSource();
            Task sent = wire.NextSent();
            Task asked = ask(cancel.Token);
            await Task.WhenAny(sent, asked);
            await cancel.CancelAsync();
            try
            {
                await asked;
                return false;
            }
            catch (OperationCanceledException)
            {
                return true;
            }
        },
        "a question that is cancelled before its answer");
}
