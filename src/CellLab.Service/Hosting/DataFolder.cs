using CellLab.Service.Options;

namespace CellLab.Service.Hosting;

/// <summary>Makes the data folder before anything writes into it.</summary>
internal static class DataFolder
{
    /// <exception cref="StartRefusedException">The folder cannot be made.</exception>
    public static void Prepare(ServiceConfiguration configuration)
    {
        try
        {
            Directory.CreateDirectory(Path.Combine(configuration.DataFolder, "logs"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw StartRefusedException.At(
                configuration.File,
                "data",
                $"the folder {configuration.DataFolder} cannot be made ({error.Message})",
                "Name a folder that this user may write");
        }
    }
}
