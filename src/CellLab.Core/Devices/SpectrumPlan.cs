namespace CellLab.Core.Devices;

/// <summary>What is excited while an impedance is measured.</summary>
public enum Excitation
{
    /// <summary>PEIS: an alternating potential, V rms.</summary>
    Potential,

    /// <summary>GEIS: an alternating current, A.</summary>
    Current,
}

/// <summary>One impedance spectrum.</summary>
/// <param name="Amplitude">V rms or A, by <paramref name="Excitation"/>.</param>
/// <param name="FirstHertz">Frequencies go from here to <paramref name="LastHertz"/>, equally spaced in their logarithm.</param>
/// <param name="Bias">Potential (V) or current (A, positive charges) below the excitation; null for the open-circuit potential, or no current.</param>
/// <param name="RestSeconds">Open circuit before; its last reading is the open-circuit potential.</param>
public sealed record SpectrumPlan(
    Excitation Excitation, double Amplitude, double FirstHertz, double LastHertz, int Points, double? Bias = null, double RestSeconds = 10);
