using System.Xml;
using CellLab.Core.Devices;
using CellLab.Core.Programs;
using CellLab.Core.Time;
using CellLab.Drivers.Neware.StepFile;

namespace CellLab.Drivers.Neware.Control;

/// <summary>Puts step files where the BTS PC can read them. The file never travels over the connection.</summary>
internal sealed class StepFileStore(DeviceId device, NewareOptions options, Clocks clocks)
{
    /// <summary>Writes the file and returns its path as the BTS PC sees it.</summary>
    /// <exception cref="DeviceFaultException">Configuration: the folder is missing or not writable. Rejected: the program cannot be written.</exception>
    public string Write(ChannelAddress channel, CellProgram program, string barcode)
    {
        IReadOnlyList<string> problems = NewareStepFile.Problems(program);
        if (problems.Count > 0)
        {
            throw new DeviceFaultException(
                FaultKind.Rejected, device, $"{channel}: the program cannot be run by a NEWARE channel: {string.Join("; ", problems)}");
        }

        if (!barcode.All(XmlConvert.IsXmlChar))
        {
            throw new DeviceFaultException(
                FaultKind.Rejected, device, $"{channel}: the barcode holds a character that cannot be written in XML; use letters, digits and signs");
        }

        DateTimeOffset now = clocks.Lab.GetUtcNow();
        string text = NewareStepFile.Write(program, barcode, TimeZoneInfo.ConvertTime(now, options.TimeZone), Guid.NewGuid());
        string name = NameOf(channel, barcode);
        WriteWhole(Path.Combine(options.StepFileFolder, name), text);
        return OnBts(name);
    }

    private void WriteWhole(string path, string text)
    {
        if (!Directory.Exists(options.StepFileFolder))
        {
            throw new DeviceFaultException(
                FaultKind.Configuration,
                device,
                $"the step-file folder {options.StepFileFolder} does not exist; mount the folder shared with the BTS PC or correct settings.step_file_folder");
        }

        try
        {
            string partial = path + ".part";
            File.WriteAllText(partial, text);
            File.Move(partial, path, overwrite: true); // the BTS must never see half a file
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DeviceFaultException(FaultKind.Configuration, device, $"the step file {path} cannot be written: {error.Message}", error);
        }
    }

    private static string NameOf(ChannelAddress channel, string barcode)
    {
        char[] safe = [.. barcode.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_')];
        return $"{channel.Channel}_{new string(safe)}.xml";
    }

    private string OnBts(string name)
    {
        string folder = options.StepFileFolderOnBts;
        char separator = folder.Contains('\\', StringComparison.Ordinal) || !folder.Contains('/', StringComparison.Ordinal) ? '\\' : '/';
        return folder.TrimEnd('\\', '/') + separator + name;
    }
}
