namespace CellLab.Tests.CellModel;

/// <summary>The model's reference files, found from the test's own folder upwards.</summary>
internal static class ReferenceData
{
    public static string Path(string file)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = System.IO.Path.Combine(folder.FullName, "hardware-sim", "CellModel", "Data", file);
            if (File.Exists(candidate))
            {
                return candidate;
            }
        }

        throw new FileNotFoundException($"{file} is not in hardware-sim/CellModel/Data of any folder above {AppContext.BaseDirectory}");
    }
}
