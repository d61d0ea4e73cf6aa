namespace CellLab.Service.Offline.Health;

/// <summary>One thing that was looked at. <paramref name="Remedy"/> says what to do when it is not <paramref name="Good"/>.</summary>
public sealed record HealthCheck(string Name, bool Good, string Found, string? Remedy = null);
