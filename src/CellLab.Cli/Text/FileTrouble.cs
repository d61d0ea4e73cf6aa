namespace CellLab.Cli.Text;

/// <summary>What keeps a named file from being read or written, in a person's words.</summary>
internal static class FileTrouble
{
    public static CliException Of(string path, Exception failure) => CliException.Failed($"{path}: {Reason(path, failure)}");

    private static string Reason(string path, Exception failure) => failure switch
    {
        _ when Directory.Exists(path) => "a folder stands where a file is expected; name a file",
        FileNotFoundException => "there is no such file",
        DirectoryNotFoundException => $"there is no folder {Path.GetDirectoryName(path)}; make it, or name another",
        UnauthorizedAccessException => "this user may not open the file",
        _ => failure.Message,
    };
}
