namespace CellLab.Core.Samples;

/// <summary>Makes samples of what a person gives, and refuses what cannot be one. Finds all problems at once.</summary>
public static class SampleFactory
{
    /// <summary>A new sample, version 1. <paramref name="recordedAtUtc"/> is lab time.</summary>
    public static SampleResult Create(SampleInput input, string recordedBy, DateTimeOffset recordedAtUtc)
    {
        var reader = new SampleInputReader(input);
        string? name = reader.Name();
        MassFigures masses = reader.Masses();
        double? capacity = reader.Capacity(masses.ActiveMilligrams);
        (double low, double high) = reader.Ocv() ?? (DefaultOcvLow, DefaultOcvHigh);
        string? holder = reader.Holder();
        LeadingDirection leading = reader.Leading();
        string? formula = reader.Formula();
        if (reader.Problems.Count > 0 || name is null || masses.ActiveMilligrams is not { } active || capacity is not { } perGram)
        {
            return new SampleResult(null, reader.Problems);
        }

        return new SampleResult(new Sample
        {
            Name = name,
            ElectrodeMassMilligrams = masses.ElectrodeMilligrams,
            FoilMassMilligrams = masses.FoilMilligrams,
            ActiveFraction = masses.ActiveFraction,
            ActiveMassMilligrams = active,
            DiameterMillimetres = masses.DiameterMillimetres,
            NominalCapacityMilliampereHoursPerGram = perGram,
            AcceptedCapacityReason = reader.AcceptedCapacity(perGram),
            Holder = holder ?? Holders.Coin,
            OcvLowVolts = low,
            OcvHighVolts = high,
            Leading = leading,
            Group = string.IsNullOrWhiteSpace(input.Group) ? null : input.Group.Trim(),
            Formula = formula,
            Material = string.IsNullOrWhiteSpace(input.Material) ? null : input.Material.Trim(),
            RecordedAtUtc = recordedAtUtc,
            RecordedBy = recordedBy,
        }, []);
    }

    /// <summary>The next version with another active mass, nominal capacity or diameter; what <paramref name="change"/> leaves out stays. The masses it was
    /// once computed from stay as a record, so the 5 % rule does not apply: correcting them is what the amendment is for.</summary>
    public static SampleResult Amend(Sample sample, SampleInput change, string reason, string recordedBy, DateTimeOffset recordedAtUtc)
    {
        var reader = new SampleInputReader(change);
        if (string.IsNullOrWhiteSpace(change.ActiveMass) && string.IsNullOrWhiteSpace(change.Capacity) && string.IsNullOrWhiteSpace(change.Diameter))
        {
            reader.Refuse("active_mass", "nothing to amend: give the right active mass, capacity or diameter");
        }

        (double? mass, double? diameter) = reader.Amended(sample);
        double? capacity = string.IsNullOrWhiteSpace(change.Capacity) ? sample.NominalCapacityMilliampereHoursPerGram : reader.Capacity(mass);
        if (string.IsNullOrWhiteSpace(reason))
        {
            reader.Refuse("reason", "an amendment needs a reason; it is kept with the version");
        }

        return reader.Problems.Count > 0 || mass is not { } active || capacity is not { } perGram
            ? new SampleResult(null, reader.Problems)
            : new SampleResult(sample with
            {
                Version = sample.Version + 1,
                ActiveMassMilligrams = active,
                DiameterMillimetres = diameter,
                NominalCapacityMilliampereHoursPerGram = perGram,
                AcceptedCapacityReason = string.IsNullOrWhiteSpace(change.Capacity) ? sample.AcceptedCapacityReason : reader.AcceptedCapacity(perGram),
                Reason = reason.Trim(),
                RecordedBy = recordedBy,
                RecordedAtUtc = recordedAtUtc,
            }, []);
    }

    /// <summary>Open circuit of a fresh Li-rich half-cell against Li/Li+, V.</summary>
    private const double DefaultOcvLow = 2.5;
    private const double DefaultOcvHigh = 3.6;
}
