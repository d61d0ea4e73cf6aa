namespace CellLab.Cli.Text;

/// <summary>A file that a person named.</summary>
internal static class InputFile
{
    public static async Task<string> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllTextAsync(path, cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw CliException.Failed($"{path}: {failure.Message}");
        }
    }
}
