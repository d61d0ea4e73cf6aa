using CellLab.Core.Programs;
using CellLab.Core.Protocols;
using FsCheck;
using FsCheck.Fluent;

namespace CellLab.Tests.Service.Offline;

/// <summary>Protocols by chance: rests, currents with and without a hold after them, loops in a loop; what every format can say.</summary>
internal static class RandomProtocols
{
    private static readonly Gen<double?> Seconds = Gen.Elements<double?>(null, 1, 90.5, 600, 3600, 54000);

    private static readonly Gen<ProtocolStep[]> Rest =
        from tenths in Gen.Choose(1, 1_000_000)
        select new ProtocolStep[] { new OpenCircuitStep(0, default, null, tenths / 10.0) };

    private static readonly Gen<ProtocolStep[]> Current =
        from charge in Gen.Elements(1.0, -1.0)
        from rate in Gen.Elements<double?>(null, 0.05, 0.1, 0.5, 5)
        from microamperes in Gen.Choose(1, 3000)
        from seconds in Seconds
        from millivolts in charge > 0 ? Gen.Choose(3500, 5000) : Gen.Choose(1000, 3400) // as in a cell: charges end above discharges
        from hold in Gen.Elements(true, false)
        from end in Gen.Elements<double?>(null, 0.02, 0.05)
        select Steps(charge * rate, rate is null ? charge * microamperes / 1e6 : null, seconds, millivolts / 1000.0, hold, charge * end);

    private static readonly Gen<ProtocolStep[]> Part = Gen.OneOf(Rest, Current, Current);

    /// <summary>Parts with a loop round each but the first; a loop round all but the first, too, where <c>outer</c> says so.</summary>
    public static readonly Gen<Protocol> All =
        from first in Part
        from loops in (from parts in Part.ArrayOf(2) from passes in Gen.Choose(1, 4) select (parts, passes)).ArrayOf(2)
        from outer in Gen.Choose(0, 3)
        from limits in Gen.Elements(true, false)
        select Protocol(Entries(first, loops, outer), limits);

    private static ProtocolStep[] Steps(double? rate, double? amperes, double? seconds, double volts, bool hold, double? end)
    {
        var current = new ConstantCurrentStep(0, default, null, rate, amperes, seconds, volts);
        return hold ? [current, new ConstantVoltageStep(0, default, null, volts, seconds ?? (end is null ? 60 : null), end, null)] : [current];
    }

    private static List<ProtocolStep> Entries(ProtocolStep[] first, (ProtocolStep[][] Parts, int Passes)[] loops, int outer)
    {
        List<ProtocolStep> entries = [.. first];
        AddTag(entries, outer > 0, "outer");
        for (int i = 0; i < loops.Length; i++)
        {
            string tag = FormattableString.Invariant($"inner-{i}");
            AddTag(entries, true, tag);
            entries.AddRange(loops[i].Parts.SelectMany(part => part));
            entries.Add(new LoopBack(0, default, null, tag, 0, loops[i].Passes));
        }

        if (outer > 0)
        {
            entries.Add(new LoopBack(0, default, null, "outer", 0, outer));
        }

        return [.. entries.Select((step, i) => step with { Entry = i + 1 })];
    }

    private static void AddTag(List<ProtocolStep> entries, bool wanted, string tag)
    {
        if (wanted)
        {
            entries.Add(new TagMark(0, default, null, tag));
        }
    }

    private static Protocol Protocol(List<ProtocolStep> entries, bool limits) => new()
    {
        Name = "random",
        File = "random.json",
        SampleName = "cell-7",
        CapacityAmpereHours = 5e-4,
        Record = new RecordRule(30, 0.005, 1e-4),
        Limits = limits
            ? new ProtocolLimits { MaxVolts = 5.5, MinVolts = 0.5, MaxAmperes = 0.006, MinAmperes = -0.006, MaxAmpereHours = 0.004, DelaySeconds = 5 }
            : new ProtocolLimits(),
        Steps = entries,
    };
}
