namespace CellLab.Service.Hosting;

/// <summary>The service does not start. The message names the file, the path in it, what was found and what to do; it ends the process with
/// exit code 1.</summary>
public sealed class StartRefusedException(string message, Exception? inner = null) : Exception(message, inner)
{
    public static StartRefusedException At(string file, string path, string found, string remedy) => new($"{file}: {path}: {found}. {remedy}.");
}
