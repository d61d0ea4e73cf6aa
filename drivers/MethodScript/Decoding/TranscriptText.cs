using System.Globalization;
using CellLab.Drivers.MethodScript.Wire;

namespace CellLab.Drivers.MethodScript.Decoding;

/// <summary>Packages as a person reads them.</summary>
internal static class TranscriptText
{
    public static string Of(PackageLine package) => string.Join("  ", package.Variables.Select(Of));

    /// <summary><c>ok</c>, or the words of all bits that are set.</summary>
    public static string Of(PackageStatus status)
    {
        if (status == PackageStatus.None)
        {
            return "ok";
        }

        List<string> words = [];
        Add(PackageStatus.TimingMissed, "timing missed");
        Add(PackageStatus.Overload, "overload");
        Add(PackageStatus.Underload, "underload");
        Add(PackageStatus.OverloadWarning, "overload warning");
        return string.Join(", ", words);

        void Add(PackageStatus bit, string word)
        {
            if (status.HasFlag(bit))
            {
                words.Add(word);
            }
        }
    }

    private static string Of(PackageVariable variable)
    {
        string value = variable.Value?.ToString("G9", CultureInfo.InvariantCulture) ?? "not a number";
        string unit = VariableTypes.UnitOf(variable.Type) is { } known ? " " + known : "";
        string about = variable.Status is { } status && status != PackageStatus.None ? $" ({Of(status)})" : "";
        return $"{variable.Type} {value}{unit}{about}";
    }
}
