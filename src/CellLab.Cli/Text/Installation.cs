namespace CellLab.Cli.Text;

/// <summary>The folder that holds <c>config/</c>: where the launcher is, or a folder above the executable.</summary>
internal static class Installation
{
    public static string Folder(CliEnvironment environment)
    {
        foreach (string? start in new[] { environment.Variable("CELLLAB_HOME"), AppContext.BaseDirectory, Environment.CurrentDirectory })
        {
            for (string? folder = start; !string.IsNullOrEmpty(folder); folder = Path.GetDirectoryName(folder))
            {
                if (Directory.Exists(Path.Combine(folder, "config", "benches")))
                {
                    return folder;
                }
            }
        }

        throw CliException.Failed("the folder config/ that comes with CellLab was not found\nset CELLLAB_HOME to the folder that holds it");
    }
}
