namespace CellLab.Service.Access;

/// <summary>One person. <paramref name="Pipelines"/> are those whose cells he may command; null for all. <paramref name="Password"/> is its
/// <see cref="SecretHash"/>; null when he has tokens alone. What he opened before <paramref name="ChangedUtc"/> is no longer good.</summary>
public sealed record UserEntry(
    string Name, AccessRole Role, IReadOnlyList<string>? Pipelines, string? Password, bool Disabled, DateTimeOffset CreatedUtc, DateTimeOffset ChangedUtc);

/// <summary>A secret for a program, of which only the <see cref="SecretHash"/> is kept. It may do what its user may, or, with a
/// <paramref name="Role"/>, at most that.</summary>
public sealed record TokenEntry(
    string Id, string User, AccessRole? Role, string Hash, DateTimeOffset CreatedUtc, DateTimeOffset ExpiresUtc, string? Note);

/// <summary>The file of users and tokens as it stands on the disk.</summary>
public sealed record AccessContents(IReadOnlyList<UserEntry> Users, IReadOnlyList<TokenEntry> Tokens)
{
    public static AccessContents Empty { get; } = new([], []);

    public bool HasAdmin => Users.Any(user => user is { Role: AccessRole.Admin, Disabled: false });

    public UserEntry? FindUser(string name) => Users.FirstOrDefault(user => user.Name == name);
}
