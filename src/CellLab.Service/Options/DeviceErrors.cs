using System.Text;
using CellLab.Drivers.Catalog;

namespace CellLab.Service.Options;

/// <summary>What a driver has against its part of the configuration, each error with the line on which the member stands.</summary>
internal static class DeviceErrors
{
    public static string Told(string file, string device, DeviceSetupException wrong)
    {
        byte[] json = ReadAgain(file);
        return string.Join(Environment.NewLine, wrong.Errors.Select(error => $"{file}:{MemberLines.LineOf(json, PathOf(error))}: device '{device}': {error}"));
    }

    private static string PathOf(string error) => error.IndexOf(": ", StringComparison.Ordinal) is > 0 and var end ? error[..end] : "";

    /// <summary>Empty when it went away meanwhile: every error is then told on line 1.</summary>
    private static byte[] ReadAgain(string file)
    {
        try
        {
            return Encoding.UTF8.GetBytes(File.ReadAllText(file));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "{}"u8.ToArray();
        }
    }
}
