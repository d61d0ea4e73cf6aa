namespace CellLab.Drivers.PrismaPro;

/// <summary>Settings of one PrismaPro. README.md beside this file lists their names in the configuration.</summary>
public sealed record PrismaProOptions
{
    /// <summary><c>tcp://host:port</c> of its web server.</summary>
    public required Uri Address { get; init; }

    /// <summary>The channel's name in pipelines.</summary>
    public string Channel { get; init; } = "gas";

    /// <summary>Use the electron multiplier; otherwise the Faraday cup.</summary>
    public bool Multiplier { get; init; } = true;

    /// <summary>Of one point, for plans that wish no dwell.</summary>
    public double DwellSeconds { get; init; } = 0.256;

    /// <summary>Take control also from another client that lets it be taken.</summary>
    public bool ForceControl { get; init; }

    /// <summary>About 1e-5 mbar.</summary>
    public const double UsualHighestPressurePascals = 1e-3;

    /// <summary>Chamber pressure above which the emission is not switched on.</summary>
    public double HighestPressurePascals { get; init; } = UsualHighestPressurePascals;

    /// <summary>Wall time of one request.</summary>
    public TimeSpan ReplyTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Wall time for the emission to come.</summary>
    public TimeSpan EmissionTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
