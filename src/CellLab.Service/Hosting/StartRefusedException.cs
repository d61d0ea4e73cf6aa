namespace CellLab.Service.Hosting;

/// <summary>The service does not start. The message names the file, the path in it, what was found and what to do; it ends the process with
/// exit code 1.</summary>
public sealed class StartRefusedException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The path of the member that is wrong, as in <c>devices[0].connection.port</c>; null where it is no member.</summary>
    public string? Path { get; private init; }

    public static StartRefusedException At(string file, string path, string found, string remedy) =>
        new($"{file}: {path}: {found}. {remedy}.") { Path = path };

    /// <summary>The same with the line on which the member stands.</summary>
    public StartRefusedException OnLine(string file, int line) => Path is { } path && Message.StartsWith($"{file}: {path}:", StringComparison.Ordinal)
        ? new StartRefusedException(FormattableString.Invariant($"{file}:{line}{Message[file.Length..]}"), this) { Path = path }
        : this;
}
