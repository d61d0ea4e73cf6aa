namespace CellLab.Cli.Text;

/// <summary>A file that a person asked for.</summary>
internal static class OutputFile
{
    public static async Task WriteAsync(string path, string text, CancellationToken cancellationToken)
    {
        try
        {
            await File.WriteAllTextAsync(path, text, cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw FileTrouble.Of(path, failure);
        }
    }
}
