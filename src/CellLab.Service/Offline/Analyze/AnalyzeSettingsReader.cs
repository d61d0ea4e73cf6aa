using CellLab.Analysis.DqDv;
using CellLab.Core.Documents;
using CellLab.Core.Samples;
using CellLab.Service.Offline.Foreign;

namespace CellLab.Service.Offline.Analyze;

/// <summary>Reads the settings file of <c>analyze</c>. A value of the wrong kind is an error; a member nobody knows is a warning.</summary>
public static class AnalyzeSettingsReader
{
    /// <exception cref="ForeignFileException">A value cannot be used; the message names file, line and member.</exception>
    public static AnalyzeSettings Read(string fileName, string text, out IReadOnlyList<Finding> warnings)
    {
        DocumentReading reading = DocumentReader.Read(fileName, text);
        if (reading.Root is not MapNode root)
        {
            throw new ForeignFileException(reading.Errors.Count > 0 ? reading.Errors[0].ToString() : $"{fileName}: expected an object with dqdv, eis, gitt or dems");
        }

        var members = new SettingsMembers(fileName, [], []);
        MemberReader reader = members.Of(root, "");
        var settings = new AnalyzeSettings
        {
            Cycling = Cycling(members, reader),
            DqDv = DqDv(members, reader),
            Eis = EisSettingsReader.Read(members, reader),
            Gitt = Gitt(members, reader),
            Dems = DemsSettingsReader.Read(members, reader),
            Xrd = Xrd(members, reader),
        };
        members.End(reader);
        warnings = members.Warnings;
        return members.Errors.Count == 0 ? settings : throw new ForeignFileException(string.Join('\n', members.Errors));
    }

    private static CyclingInput Cycling(SettingsMembers members, MemberReader root)
    {
        if (members.Map(root, "cycling") is not { } reader)
        {
            return new CyclingInput();
        }

        double? nominal = reader.Positive("nominal_mah") * 1e-3;
        string leading = SettingsMembers.Word(reader, "leading", "charge", "discharge") ?? "charge";
        members.End(reader);
        return new CyclingInput(nominal, leading == "charge" ? LeadingDirection.Charge : LeadingDirection.Discharge);
    }

    private static DqDvInput DqDv(SettingsMembers members, MemberReader root)
    {
        if (members.Map(root, "dqdv") is not { } reader)
        {
            return new DqDvInput();
        }

        double[]? cycles = SettingsMembers.Numbers(reader, "cycles");
        var input = new DqDvInput(
            cycles is { Length: > 0 } ? [.. cycles.Select(cycle => (int)cycle)] : null,
            reader.Number("bin_v", value => value is >= 1e-5 and <= 1, "a width between 0.00001 and 1 V") ?? DqDvCurve.DefaultBinVolts,
            reader.Number("sigma_v", value => value is >= 0 and <= 1, "a width between 0 and 1 V") ?? DqDvCurve.DefaultSigmaVolts);
        members.End(reader);
        return input;
    }

    private static GittInput? Gitt(SettingsMembers members, MemberReader root)
    {
        if (members.Map(root, "gitt") is not { } reader)
        {
            return null;
        }

        double? mass = reader.RequiredPositive("active_mass_mg");
        double? molar = reader.RequiredPositive("molar_mass_g_mol");
        double? density = reader.RequiredPositive("density_g_cm3");
        double? area = reader.RequiredPositive("area_cm2");
        members.End(reader);
        return mass is { } m && molar is { } w && density is { } d && area is { } a ? new GittInput(m, w, d, a) : null;
    }

    private static XrdInput Xrd(SettingsMembers members, MemberReader root)
    {
        if (members.Map(root, "xrd") is not { } reader)
        {
            return XrdInput.Default;
        }

        var windows = XrdInput.Default.Windows.ToDictionary(
            window => window.Key, window => SettingsMembers.Span(reader, $"window_{window.Key}_deg") ?? window.Value);
        double wavelength = reader.Positive("wavelength_angstrom") ?? XrdInput.Default.WavelengthAngstrom;
        double offset = reader.Number("displacement_offset_deg") ?? 0;
        members.End(reader);
        return new XrdInput(windows, wavelength, offset);
    }
}
