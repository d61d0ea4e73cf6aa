using System.Text.Json;
using CellLab.Core.Storage;
using CellLab.Service.Hosting;
using CellLab.Service.Options;
using CellLab.Storage.Maintenance;

namespace CellLab.Service.Offline.Maintenance;

/// <summary>A node's data and configuration in one folder, with a list of its files (<c>backup.json</c>) by which a copy of it can be checked.</summary>
public static class NodeBackup
{
    private static readonly JsonSerializerOptions s_json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    /// <summary>Number of files and their bytes.</summary>
    /// <exception cref="StorageException">It was not made; the message says why.</exception>
    /// <exception cref="StartRefusedException">The configuration cannot be read.</exception>
    public static (int Files, long Bytes) Run(string configurationFile, string target, TimeProvider wall)
    {
        ServiceConfiguration configuration = ConfigurationFile.Load(configurationFile);
        IReadOnlyList<BackupFile> files = DataBackup.Run(configuration.DataFolder, target, (made, folder) => Describe(configuration, made, folder, wall));
        return (files.Count, files.Sum(file => file.Bytes));
    }

    private static void Describe(ServiceConfiguration configuration, IReadOnlyList<BackupFile> files, string folder, TimeProvider wall)
    {
        File.Copy(configuration.File, Path.Combine(folder, "celllab.json"), overwrite: true);
        var summary = new { Schema = "celllab/backup/1", NodeInfo.Version, CreatedUtc = wall.GetUtcNow(), Files = files };
        File.WriteAllText(Path.Combine(folder, "backup.json"), JsonSerializer.Serialize(summary, s_json));
    }
}
