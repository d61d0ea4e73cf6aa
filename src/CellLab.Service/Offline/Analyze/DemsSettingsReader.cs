using CellLab.Core.Documents;

namespace CellLab.Service.Offline.Analyze;

/// <summary>The member <c>dems</c> of the settings.</summary>
internal static class DemsSettingsReader
{
    public static DemsInput Read(SettingsMembers members, MemberReader root)
    {
        if (members.Map(root, "dems") is not { } reader)
        {
            return new DemsInput();
        }

        var input = new DemsInput
        {
            Electrochemistry = reader.String("electrochemistry"),
            ActiveMassMg = reader.Positive("active_mass_mg"),
            CurrentMa = reader.Number("current_ma"),
            ChargeSpan = SettingsMembers.Span(reader, "charge_span_s"),
            IntegrateUntilS = reader.Number("integrate_until_s"),
            CarrierMolPerS = reader.Positive("carrier_mol_per_s"),
            FlowUncertainty = reader.Number("carrier_relative_uncertainty", value => value is >= 0 and < 1, "a share from 0 to 1") ?? new DemsInput().FlowUncertainty,
            TransitDelayS = reader.Number("transit_delay_s", value => value >= 0, "a time of at least 0 s") ?? 0,
            MixingTimeS = reader.Number("mixing_time_s", value => value >= 0, "a time of at least 0 s") ?? 0,
            MassOffsetsS = ByMass(SettingsMembers.NumbersByName(reader, "mass_offsets_s")),
            InternalStandardMz = SettingsMembers.Mz(reader, "internal_standard_mz"),
            BackgroundSpan = SettingsMembers.Span(reader, "background_span_s"),
            BackgroundModel = Model(SettingsMembers.Word(reader, "background_model", "constant", "linear", "exponential")),
            BackgroundSpanAfter = SettingsMembers.Span(reader, "background_span_after_s"),
            SeeksBackgroundAfter = true,
            BackgroundDecayS = reader.Positive("background_decay_s"),
            CalibrationSpan = SettingsMembers.Span(reader, "calibration_span_s"),
            CalibrationSpanAfter = SettingsMembers.Span(reader, "calibration_span_after_s"),
            CalibrationBackgroundSpan = SettingsMembers.Span(reader, "calibration_background_span_s"),
            CalibrationGasPpm = Ppm(members, reader),
            Fragments = Fragments(members, reader),
            Calibrations = [.. (members.Maps(reader, "calibrations") ?? []).Select(one => Calibration(members, one)).OfType<CalibrationInput>()],
            Fluxes = [.. (members.Maps(reader, "fluxes") ?? []).Select(one => Flux(members, one)).OfType<FluxInput>()],
        };
        members.End(reader);
        return input;
    }

    private static BackgroundModel Model(string? word) => word switch
    {
        "linear" => BackgroundModel.Linear,
        "constant" => BackgroundModel.Constant,
        _ => BackgroundModel.Exponential,
    };

    /// <summary>One number for every gas, or numbers by gas.</summary>
    private static IReadOnlyDictionary<string, double> Ppm(SettingsMembers members, MemberReader reader) =>
        reader.Node("calibration_gas_ppm") is ScalarNode scalar && SettingsMembers.NumberOf(scalar) is { } value
            ? new Dictionary<string, double> { [""] = value }
            : SettingsMembers.NumbersByName(reader, "calibration_gas_ppm");

    private static Dictionary<string, IReadOnlyDictionary<string, double>> Fragments(SettingsMembers members, MemberReader reader)
    {
        var fragments = new Dictionary<string, IReadOnlyDictionary<string, double>>();
        if (members.Map(reader, "fragments") is not { } gases || reader.Node("fragments") is not MapNode map)
        {
            return fragments;
        }

        foreach (MapMember gas in map.Members)
        {
            fragments[gas.Name] = ByMass(SettingsMembers.NumbersByName(gases, gas.Name));
        }

        return fragments;
    }

    private static Dictionary<string, double> ByMass(IReadOnlyDictionary<string, double> values) =>
        values.GroupBy(pair => pair.Key.TrimStart('M', 'm')).ToDictionary(group => group.Key, group => group.Last().Value);

    private static CalibrationInput? Calibration(SettingsMembers members, MemberReader reader)
    {
        string? gas = reader.Required("gas") ? reader.String("gas") : null;
        string? mz = reader.Required("mz") ? SettingsMembers.Mz(reader, "mz") : null;
        double? electrons = reader.Required("n_electrons") ? reader.Number("n_electrons", value => value != 0, "a number other than 0") : null;
        Span? span = reader.Required("span_s") ? SettingsMembers.Span(reader, "span_s") : null;
        Span? background = SettingsMembers.Span(reader, "background_span_s");
        members.End(reader);
        return gas is not null && mz is not null && electrons is { } n && span is { } s ? new CalibrationInput(gas, mz, n, s, background) : null;
    }

    private static FluxInput? Flux(SettingsMembers members, MemberReader reader)
    {
        string? gas = reader.Required("gas") ? reader.String("gas") : null;
        string? mz = reader.Required("mz") ? SettingsMembers.Mz(reader, "mz") : null;
        double? sensitivity = reader.Positive("sensitivity_c_per_mol");
        Span? span = SettingsMembers.Span(reader, "span_s");
        Span? background = SettingsMembers.Span(reader, "background_span_s");
        members.End(reader);
        return gas is not null && mz is not null ? new FluxInput(gas, mz, sensitivity, span, background) : null;
    }
}
