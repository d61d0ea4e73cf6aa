namespace CellLab.Tests.Storage.Export;

/// <summary>What a checker of the Battery Data Format reports: required columns, then rules 1 to 7 (docs: data formats, section 4).</summary>
internal static class BdfValidator
{
    private static readonly string[] Required = ["Test Time / s", "Voltage / V", "Current / A"];

    private static readonly string[] ForeignNames =
    [
        "test_time_second", "voltage_volt", "current_ampere", "unix_time_second", "cycle_count", "step_count", "step_index",
        "test_time_millisecond", "unix_time_millisecond", "DataPoint", "Cycle Index", "Step Index", "Test_Time(s)", "time/s", "Ewe/V",
    ];

    private static readonly string[] TestSums = ["Charging Capacity / Ah", "Discharging Capacity / Ah", "Charging Energy / Wh", "Discharging Energy / Wh"];

    public static IReadOnlyList<string> Check(BdfFile file) =>
    [
        .. Required.Where(label => !file.Has(label)).Select(label => $"error: required column '{label}' is missing"),
        .. ForeignNames.Where(file.Has).Select(label => $"1: '{label}' is not a preferred label"),
        .. Check(file, "Test Time / s", TestTime),
        .. Balance(file, "Capacity / Ah"),
        .. Balance(file, "Energy / Wh"),
        .. TestSums.SelectMany(label => Check(file, label, numbers => Sums(label, numbers))),
        .. Check(file, "Cycle Count / 1", Cycles),
        .. Check(file, "Step Record Index / 1", StepRecordIndex),
        .. Units(file, "Test Time / s"),
        .. Units(file, "Step Time / s"),
    ];

    private static IEnumerable<string> Check(BdfFile file, string label, Func<double[], IEnumerable<string>> rule) =>
        file.Has(label) ? rule(file.Numbers(label)) : [];

    private static IEnumerable<string> TestTime(double[] times)
    {
        double[] intervals = [.. Differences(times).Where(d => d > 0).Order()];
        double tolerance = intervals.Length == 0 ? 0 : 0.01 * intervals[intervals.Length / 2];
        return Differences(times).Any(d => d < -tolerance) ? ["2: test time falls"] : [];
    }

    private static IEnumerable<string> Balance(BdfFile file, string quantity)
    {
        if (!file.Has("Charging " + quantity) || !file.Has("Discharging " + quantity))
        {
            return [];
        }

        double[] charging = file.Numbers("Charging " + quantity);
        double[] discharging = file.Numbers("Discharging " + quantity);
        return
        [
            .. Compare(file, "Cumulative " + quantity, [.. charging.Zip(discharging, (c, d) => c + d)]),
            .. Compare(file, "Net " + quantity, [.. charging.Zip(discharging, (c, d) => c - d)]),
        ];
    }

    private static IEnumerable<string> Compare(BdfFile file, string label, double[] expected)
    {
        double largest = expected.Select(Math.Abs).DefaultIfEmpty().Max();
        return file.Has(label) && file.Numbers(label).Zip(expected).Any(p => Math.Abs(p.First - p.Second) > (1e-6 * Math.Abs(p.Second)) + 1e-9 + (1e-7 * largest))
            ? [$"3: '{label}' does not follow from its parts"]
            : [];
    }

    private static IEnumerable<string> Sums(string label, double[] sums)
    {
        double tolerance = 1e-9 + (1e-6 * sums.Select(Math.Abs).DefaultIfEmpty().Max());
        return Differences(sums).Any(d => d < -tolerance) ? [$"4: '{label}' falls"] : [];
    }

    private static IEnumerable<string> Cycles(double[] cycles) =>
        cycles.Any(c => c < 0 || c != Math.Floor(c)) || Differences(cycles).Any(d => d < 0) ? ["5: the cycle count is negative, not whole or falls"] : [];

    private static IEnumerable<string> StepRecordIndex(double[] numbers) =>
        !numbers.Contains(1) || numbers.Skip(1).Zip(numbers).Any(p => p.First != 1 && p.First != p.Second + 1)
            ? ["6: the record index within a step does not count"]
            : [];

    private static IEnumerable<string> Units(BdfFile file, string label)
    {
        if (!file.Has(label) || !file.Has("Unix Time / s"))
        {
            return [];
        }

        double[] ratios =
        [
            .. Differences(file.Numbers(label)).Zip(Differences(file.Numbers("Unix Time / s")))
                .Where(p => p is { First: > 0, Second: > 0 }).Select(p => p.First / p.Second).Order(),
        ];
        double typical = ratios.Length == 0 ? 1 : ratios[ratios.Length / 2];
        return typical is < 0.5 or > 2 ? [$"7: '{label}' runs {typical:G3} times as fast as UNIX time"] : [];
    }

    private static IEnumerable<double> Differences(double[] numbers) => numbers.Skip(1).Zip(numbers, (next, last) => next - last);
}
