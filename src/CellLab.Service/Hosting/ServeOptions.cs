namespace CellLab.Service.Hosting;

/// <summary>How <c>celllab serve</c> was called.</summary>
public sealed record ServeOptions
{
    public string ConfigFile { get; init; } = Path.Combine("config", "celllab.json");

    /// <summary>The clock that a simulated bench publishes; null for real time.</summary>
    public string? ClockFile { get; init; }

    public ServiceRoles Roles { get; init; } = ServiceRoles.All;

    /// <summary>Ends the service when standard input closes: set by a parent that keeps the other end of the pipe.</summary>
    public bool ParentPipe { get; init; }

    /// <summary>Asked by the process before it takes an interrupt from the keyboard as an order to end.</summary>
    public InterruptGuard Interrupts { get; init; } = new(TimeProvider.System);

    public TextReader Input { get; init; } = Console.In;

    public TextWriter Output { get; init; } = Console.Out;

    public TextWriter Error { get; init; } = Console.Error;
}
