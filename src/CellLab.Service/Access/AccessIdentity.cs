namespace CellLab.Service.Access;

/// <summary>Who asks. <paramref name="User"/> is null for the unnamed one on this machine, who may do everything where no login is asked for.</summary>
internal sealed record AccessIdentity(string? User, AccessRole Role, IReadOnlyList<string>? Pipelines)
{
    /// <summary>What the page sends back with every command to show that it is our page; null unless the caller came with a session's cookie.</summary>
    public string? Csrf { get; init; }

    public static AccessIdentity OfThisMachine { get; } = new(null, AccessRole.Admin, null);

    public bool MayCommand(string pipeline) => Pipelines is null || Pipelines.Contains(pipeline, StringComparer.Ordinal);

    public static AccessIdentity Of(UserEntry user) => new(user.Name, user.Role, user.Pipelines);
}
