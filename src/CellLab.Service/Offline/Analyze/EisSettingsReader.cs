using CellLab.Core.Documents;

namespace CellLab.Service.Offline.Analyze;

/// <summary>The member <c>eis</c> of the settings.</summary>
internal static class EisSettingsReader
{
    public static EisInput Read(SettingsMembers members, MemberReader root)
    {
        if (members.Map(root, "eis") is not { } reader)
        {
            return new EisInput();
        }

        IReadOnlyList<LinKkInput>? linKk = members.Maps(reader, "lin_kk") is { } tests ? [.. tests.Select(test => LinKk(members, test))] : null;
        CircuitInput? circuit = members.Map(reader, "circuit") is { } fit ? Circuit(members, fit) : null;
        IReadOnlyList<WarburgInput>? warburg = members.Maps(reader, "warburg") is { } windows ? [.. windows.Select(window => Warburg(members, window))] : null;
        var defaults = new EisInput();
        double area = reader.Positive("area_cm2") ?? defaults.AreaCm2;
        double concentration = reader.Positive("concentration_mol_cm3") ?? defaults.ConcentrationMolCm3;
        double temperature = reader.Positive("temperature_k") ?? defaults.TemperatureK;
        int electrons = reader.PositiveInteger("electrons") ?? defaults.Electrons;
        members.End(reader);
        return new EisInput(linKk, circuit, warburg) { AreaCm2 = area, ConcentrationMolCm3 = concentration, TemperatureK = temperature, Electrons = electrons };
    }

    private static LinKkInput LinKk(SettingsMembers members, MemberReader reader)
    {
        var input = new LinKkInput(reader.Number("c"), SettingsMembers.Word(reader, "fit", "complex", "real") == "real", reader.PositiveInteger("max_m"), reader.Boolean("capacitor"));
        members.End(reader);
        return input;
    }

    private static CircuitInput Circuit(SettingsMembers members, MemberReader reader)
    {
        string code = reader.Required("code") ? reader.String("code") ?? "" : "";
        bool modulus = SettingsMembers.Word(reader, "weight", "modulus", "unit") != "unit";
        bool capacitive = SettingsMembers.Word(reader, "filter", "capacitive", "all") != "all";
        members.End(reader);
        return new CircuitInput(code, modulus, capacitive);
    }

    private static WarburgInput Warburg(SettingsMembers members, MemberReader reader)
    {
        int? points = reader.PositiveInteger("lowest_points");
        Span? window = SettingsMembers.Span(reader, "window_hz");
        if (points is null && window is null)
        {
            reader.Refuse("lowest_points", "expected lowest_points, or window_hz with two frequencies");
        }

        members.End(reader);
        return new WarburgInput(points, window?.From, window?.To);
    }
}
