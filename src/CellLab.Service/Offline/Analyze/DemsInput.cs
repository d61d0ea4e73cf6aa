namespace CellLab.Service.Offline.Analyze;

/// <summary>A span of time in s on the file's axis.</summary>
public readonly record struct Span(double From, double To)
{
    public bool Holds(double time) => time >= From && time <= To;
}

public enum BackgroundModel { Constant, Linear, Exponential }

/// <summary>Settings of the gas analysis; members as in docs/how-to/analyze-a-file.md.</summary>
public sealed record DemsInput
{
    /// <summary>File with voltage and current beside the gas file; null: the gas file has them itself.</summary>
    public string? Electrochemistry { get; init; }

    public double? ActiveMassMg { get; init; }

    /// <summary>Gases that are taken off the others and whose own amount nobody asks for: they need no calibration.</summary>
    public IReadOnlyList<string> OnlyTakenOff { get; init; } = [];

    public double? CurrentMa { get; init; }

    public Span? ChargeSpan { get; init; }

    public double? IntegrateUntilS { get; init; }

    public double? CarrierMolPerS { get; init; }

    public double TransitDelayS { get; init; }

    public double MixingTimeS { get; init; }

    public IReadOnlyDictionary<string, double> MassOffsetsS { get; init; } = new Dictionary<string, double>();

    public string? InternalStandardMz { get; init; }

    public Span? BackgroundSpan { get; init; }

    public BackgroundModel BackgroundModel { get; init; } = BackgroundModel.Exponential;

    /// <summary>A second background span after the gas, where a model needs it; null: what follows the integration's end.</summary>
    public Span? BackgroundSpanAfter { get; init; }

    /// <summary>Where neither that span nor an end of the integration is told, the end is found with a background from before the gas, and the background then goes
    /// through what follows it.</summary>
    public bool SeeksBackgroundAfter { get; init; }

    /// <summary>Relative standard uncertainty of <see cref="CarrierMolPerS"/>.</summary>
    public double FlowUncertainty { get; init; } = 0.01;

    /// <summary>Decay time of the exponential background where it is not fitted.</summary>
    public double? BackgroundDecayS { get; init; }

    public Span? CalibrationSpan { get; init; }

    public Span? CalibrationBackgroundSpan { get; init; }

    /// <summary>A second calibration after the run: between the two the sensitivity is interpolated in time. Null without one.</summary>
    public Span? CalibrationSpanAfter { get; init; }

    /// <summary>ppm in the bottle by gas; the empty name stands for every gas.</summary>
    public IReadOnlyDictionary<string, double> CalibrationGasPpm { get; init; } = new Dictionary<string, double>();

    /// <summary>Share of each mass in the signal of a gas, base peak 1.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Fragments { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, double>>();

    public IReadOnlyList<CalibrationInput> Calibrations { get; init; } = [];

    public IReadOnlyList<FluxInput> Fluxes { get; init; } = [];
}

/// <param name="Electrons">Signed electrons per molecule: +4 for O2 at the anode.</param>
public sealed record CalibrationInput(string Gas, string Mz, double Electrons, Span Span, Span? Background);

/// <param name="SensitivityCPerMol">Null: the calibration of the same gas and mass.</param>
public sealed record FluxInput(string Gas, string Mz, double? SensitivityCPerMol, Span? Span, Span? Background);
