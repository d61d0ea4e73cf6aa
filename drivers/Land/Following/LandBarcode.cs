using System.Text.RegularExpressions;

namespace CellLab.Drivers.Land.Following;

/// <summary>Finds the barcode of a job (<c>sample_12345678</c>) in a data file: a person has typed it as test name or as remark, or it stands in the file's
/// name behind the channel.</summary>
internal static partial class LandBarcode
{
    /// <returns>The barcode, else the test name as it stands, else null.</returns>
    public static string? Of(LandTest test)
    {
        LandTestFile first = test.Files[0];
        string name = Path.GetFileNameWithoutExtension(first.File.Name);
        string channel = first.File.Channel + "_";
        string inName = name.StartsWith(channel, StringComparison.OrdinalIgnoreCase) ? name[channel.Length..] : name;
        IEnumerable<string> texts = first.Head?.Header.Texts ?? [];
        return texts.Prepend(test.TestName ?? "").Append(inName).FirstOrDefault(Shape().IsMatch) ?? test.TestName;
    }

    /// <summary>At its end the first eight characters of a job's name, among them a letter: a date is none.</summary>
    [GeneratedRegex("^.+_(?=[0-9]{0,7}[a-z])[a-z0-9]{8}$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
