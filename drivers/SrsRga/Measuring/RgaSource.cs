using CellLab.Drivers.SrsRga.Session;

namespace CellLab.Drivers.SrsRga.Measuring;

/// <summary>Filament and multiplier: on as configured, off as the safe state. Each command ends with the head's STATUS and is asked back.</summary>
internal sealed class RgaSource(SrsRgaOptions options)
{
    private static readonly TimeSpan s_filament = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_multiplier = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_lens = TimeSpan.FromSeconds(3);

    public async Task SwitchOnAsync(RgaConversation head, bool hasMultiplier, CancellationToken cancellationToken)
    {
        if (!hasMultiplier && options.MultiplierVolts > 0)
        {
            throw head.Rejected("settings.multiplier_v is above 0, but this head has no multiplier; set it to 0 for the Faraday cup");
        }

        await head.RequireBeforeEmissionAsync("EE", options.ElectronEnergyVolts, s_lens, cancellationToken);
        await head.RequireBeforeEmissionAsync("IE", options.IonEnergyVolts == 12 ? 1 : 0, s_lens, cancellationToken);
        await head.RequireBeforeEmissionAsync("VF", options.FocusVolts, s_lens, cancellationToken);
        await head.RequireAsync("FL", options.EmissionMilliamperes, s_filament, cancellationToken);
        double emission = await head.AskNumberAsync("FL", cancellationToken);
        if (Math.Abs(emission - options.EmissionMilliamperes) > SrsRgaProtocol.EmissionTolerance + 1e-9)
        {
            throw head.Rejected(FormattableString.Invariant(
                $"the filament gives {emission:0.00} mA where {options.EmissionMilliamperes:0.00} mA were asked for"));
        }

        if (hasMultiplier)
        {
            await head.RequireAsync("HV", options.MultiplierVolts, s_multiplier, cancellationToken);
        }
    }

    /// <summary>Both are switched off also when the first one reports an error.</summary>
    public static async Task SwitchOffAsync(RgaConversation head, bool hasMultiplier, CancellationToken cancellationToken)
    {
        if (hasMultiplier)
        {
            await head.ActAsync("HV", 0, s_multiplier, cancellationToken);
        }

        await head.ActAsync("FL", 0, s_filament, cancellationToken);
        double emission = await head.AskNumberAsync("FL", cancellationToken);
        double volts = hasMultiplier ? await head.AskNumberAsync("HV", cancellationToken) : 0;
        if (emission > SrsRgaProtocol.EmissionTolerance || volts > 0)
        {
            throw head.Rejected(FormattableString.Invariant(
                $"switched off, but the filament still gives {emission:0.00} mA and the multiplier has {volts:0} V; cut the head's supply"));
        }
    }
}
