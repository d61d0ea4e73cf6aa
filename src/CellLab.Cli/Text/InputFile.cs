using CellLab.Service.Offline;

namespace CellLab.Cli.Text;

/// <summary>A text file that a person named; its encoding is found by its bytes.</summary>
internal static class InputFile
{
    public static async Task<string> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return ProtocolSource.Decode(await File.ReadAllBytesAsync(path, cancellationToken));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw FileTrouble.Of(path, failure);
        }
    }
}
