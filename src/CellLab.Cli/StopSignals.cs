using System.Runtime.InteropServices;
using CellLab.Service.Hosting;

namespace CellLab.Cli;

/// <summary>Interrupt and terminate as one token. The first signal asks for an orderly end; a second interrupt ends the process at once. A service that
/// steps cells itself may refuse an interrupt from the keyboard, but never a terminate.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly InterruptGuard guard;
    private readonly TextWriter error;
    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration[] registrations;

    public StopSignals(InterruptGuard guard, TextWriter error)
    {
        (this.guard, this.error) = (guard, error);
        registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop),
        ];
    }

    public CancellationToken Token => source.Token;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in registrations)
        {
            registration.Dispose();
        }

        source.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        if (source.IsCancellationRequested)
        {
            return;
        }

        context.Cancel = true;
        if (context.Signal != PosixSignal.SIGINT || !guard.Refuses(error))
        {
            source.Cancel();
        }
    }
}
