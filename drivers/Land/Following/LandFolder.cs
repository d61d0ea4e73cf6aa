using System.Text.RegularExpressions;
using CellLab.Core.Devices;

namespace CellLab.Drivers.Land.Following;

/// <summary>Lists the data files of the configured channels.</summary>
internal sealed class LandFolder
{
    private readonly DeviceId _device;
    private readonly string _folder;
    private readonly Regex _names;
    private readonly Dictionary<string, string> _channels;
    private readonly EnumerationOptions _enumeration;

    public LandFolder(DeviceId device, LandOptions options)
    {
        (_device, _folder) = (device, options.Folder);
        _channels = options.Channels.ToDictionary(name => name, StringComparer.OrdinalIgnoreCase);
        string any = string.Join('|', options.Channels.OrderByDescending(name => name.Length).Select(Regex.Escape));
        string pattern = Regex.Escape(options.FilePattern).Replace(@"\*", "[^/]*", StringComparison.Ordinal)
            .Replace(Regex.Escape("{channel}"), $"(?<channel>{any})", StringComparison.Ordinal);
        _names = new Regex($"^{pattern}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);
        bool deep = options.FilePattern.Contains('/', StringComparison.Ordinal);
        _enumeration = new EnumerationOptions { RecurseSubdirectories = deep, AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };
    }

    /// <summary>In the order in which they were created.</summary>
    /// <exception cref="DeviceFaultException">Unreachable: the folder is not there, or cannot be listed.</exception>
    public IReadOnlyList<LandFile> Scan()
    {
        try
        {
            var folder = new DirectoryInfo(_folder);
            return [.. folder.EnumerateFiles("*.ccs", _enumeration).Select(ToFile).OfType<LandFile>().OrderBy(f => f.CreatedUtc).ThenBy(f => Path.GetFileNameWithoutExtension(f.Name), StringComparer.Ordinal)];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new DeviceFaultException(
                FaultKind.Unreachable, _device, $"the folder {_folder} cannot be listed ({failure.Message}); check the share and the tester's PC, it is tried again by itself", failure);
        }
    }

    private LandFile? ToFile(FileInfo found)
    {
        string name = Path.GetRelativePath(_folder, found.FullName).Replace('\\', '/');
        Match match = _names.Match(name);
        if (!match.Success)
        {
            return null;
        }

        long length = found.Exists && found.LinkTarget is null ? found.Length : 0;
        return new LandFile(
            _channels[match.Groups["channel"].Value], name, found.FullName, length,
            new DateTimeOffset(found.CreationTimeUtc, TimeSpan.Zero), new DateTimeOffset(found.LastWriteTimeUtc, TimeSpan.Zero));
    }
}
