namespace CellLab.Cli.Demo;

/// <summary>How <c>demo</c> was called. <see cref="Speed"/> = lab seconds in one wall second.</summary>
internal sealed record DemoOptions
{
    public required double Speed { get; init; }

    /// <summary>HTTP port; MQTT takes the next one.</summary>
    public required int Port { get; init; }

    public required bool Keep { get; init; }

    /// <summary>The life tests instead.</summary>
    public bool Life { get; init; }

    public string? JsonFile { get; init; }

    /// <summary>Another bench file with the same pipelines: what is expected stays that of the shipped cells.</summary>
    public string? Bench { get; init; }

    /// <summary>Another protocol than the rate map; then only the rates that it runs are compared.</summary>
    public string? Protocol { get; init; }
}
