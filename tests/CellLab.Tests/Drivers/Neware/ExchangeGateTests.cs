using CellLab.Drivers.Neware.Session;

namespace CellLab.Tests.Drivers.Neware;

public sealed class ExchangeGateTests
{
    private readonly ExchangeGate _gate = new();

    [Fact]
    public async Task Urgent_exchanges_go_before_routine_ones_that_waited_longer()
    {
        ExchangeGate.Turn held = await EnterAsync(urgent: false);
        Task<ExchangeGate.Turn> routine = EnterAsync(urgent: false);
        Task<ExchangeGate.Turn> urgent = EnterAsync(urgent: true);

        held.Dispose();

        (await urgent).Dispose();
        (await routine).Dispose();
        Assert.True(urgent.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Only_one_exchange_is_under_way_at_a_time()
    {
        ExchangeGate.Turn held = await EnterAsync(urgent: true);
        Task<ExchangeGate.Turn> next = EnterAsync(urgent: true);

        Assert.False(next.IsCompleted);
        held.Dispose();
        (await next).Dispose();
    }

    [Fact]
    public async Task Routine_exchanges_wait_until_every_urgent_conversation_is_over()
    {
        IDisposable one = _gate.BeginUrgentConversation();
        IDisposable two = _gate.BeginUrgentConversation();
        Task<ExchangeGate.Turn> routine = EnterAsync(urgent: false);
        one.Dispose();
        one.Dispose();
        bool during = routine.IsCompleted;
        (await EnterAsync(urgent: true)).Dispose();

        two.Dispose();

        (await routine).Dispose();
        Assert.False(during);
    }

    [Fact]
    public async Task One_who_gave_up_waiting_does_not_block_the_next()
    {
        ExchangeGate.Turn held = await EnterAsync(urgent: false);
        using var impatient = new CancellationTokenSource();
        Task<ExchangeGate.Turn> gone = _gate.EnterAsync(urgent: false, impatient.Token);
        Task<ExchangeGate.Turn> next = EnterAsync(urgent: false);
        await impatient.CancelAsync();
        held.Dispose();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        (await next).Dispose();
    }

    [Fact]
    public async Task The_exchange_under_way_can_be_told_to_end()
    {
        ExchangeGate.Turn held = await EnterAsync(urgent: false);

        _gate.InterruptHolder();

        Assert.True(held.Interrupted.IsCancellationRequested);
        held.Dispose();
        Assert.False((await EnterAsync(urgent: false)).Interrupted.IsCancellationRequested);
    }

    private Task<ExchangeGate.Turn> EnterAsync(bool urgent) =>
        _gate.EnterAsync(urgent, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);
}
