namespace CellLab.SystemTests.Faults;

/// <summary>A device of the full bench at work: the pipeline whose job uses it, and a job that keeps it busy.</summary>
/// <param name="Channel">The device's own channel that the job uses.</param>
/// <param name="Mass">Active mass of the cell on that pipeline.</param>
internal sealed record SweepSubject(string Device, string Pipeline, string Channel, string Protocol, string Mass = "2.00mg")
{
    private const string Pouch = "2000mg";

    private const string Cycler = """
        celllab_protocol: 1
        name: long-cycles
        window: 2.0-4.8 V
        record: {time_s: 10}
        blocks:
          cycle:
            - Charge at 0.05C until 4.8 V
            - Discharge at 0.05C until 2.0 V
        method:
          - {repeat: 20, block: cycle}
        """;

    /// <summary>What the person at the tester starts: the program of the bench.</summary>
    private const string Formation = """
        celllab_protocol: 1
        name: formation-0.1c
        window: 2.0-4.8 V
        record: {time_s: 10}
        blocks:
          cycle:
            - Charge at 0.1C until 4.8 V
            - Discharge at 0.1C until 2.0 V
        method:
          - Rest for 10 minutes
          - {repeat: 2, block: cycle}
        """;

    private const string ChargeOnly = """
        celllab_protocol: 1
        name: long-charge
        window: 2.0-4.8 V
        record: {time_s: 10}
        method:
          - Charge at 0.05C until 4.8 V
          - Rest for 100 hours
        """;

    private const string Spectra = """
        celllab_protocol: 1
        name: spectra
        window: 2.0-4.8 V
        record: {time_s: 10}
        blocks:
          turn:
            - Charge at 0.05C for 3 minutes or until 4.8 V
            - {step: impedance_spectroscopy, amplitude_V: 0.01, start_frequency_Hz: 10000, end_frequency_Hz: 0.1, points_per_decade: 5}
        method:
          - {repeat: 200, block: turn}
        """;

    private const string Gases = """
        celllab_protocol: 1
        name: gases
        window: 2.0-4.8 V
        record: {time_s: 10}
        method:
          - {step: dems_background, duration_s: 300}
          - Charge at 0.05C until 4.8 V
          - Discharge at 0.05C until 2.0 V
        """;

    private const string Valves = """
        celllab_protocol: 1
        name: valves
        window: 2.0-4.8 V
        record: {time_s: 10}
        blocks:
          turn:
            - {step: dems_calibration, gas: O2 in Ar, fraction_ppm: 1000, duration_s: 300}
            - Charge at 0.05C for 5 minutes or until 4.8 V
        method:
          - {repeat: 200, block: turn}
        """;

    private const string Patterns = """
        celllab_protocol: 1
        name: patterns
        window: 2.0-4.8 V
        record: {time_s: 10}
        method:
          - {step: trigger, target: xrd, every_s: 600, exposure_s: 300}
          - Charge at 0.05C until 4.8 V
          - Discharge at 0.05C until 2.0 V
        """;

    /// <summary>Jobs that look on: one at the BTS, one that the service steps.</summary>
    public static SweepSubject WitnessAtTheBts { get; } = new("cycler1", "coin-2", "21-1-2", Cycler);

    public static SweepSubject WitnessInSteps { get; } = new("pair1", "pouch-2", "1", Cycler, Pouch);

    public static IReadOnlyList<SweepSubject> All { get; } =
    [
        WitnessAtTheBts,
        new("land1", "land-1", "1-1", Formation),
        new("psb1", "pouch-1", "1", Cycler, Pouch),
        WitnessInSteps,
        new("riden1", "pouch-3", "1", ChargeOnly, Pouch),
        new("pstat1", "coin-eis-1", "1", Spectra),
        new("pstat2", "coin-eis-2", "1", Spectra),
        new("pstat3", "dems-1", "1", Spectra),
        new("autolab1", "coin-1", "1", Spectra),
        new("panel1", "dems-1", "valves", Valves),
        new("rga1", "dems-1", "gas", Gases),
        new("rga2", "dems-2", "gas", Gases),
        new("prisma1", "dems-3", "gas", Gases),
        new("xrd1", "xrd-1", "trigger", Patterns),
    ];

    /// <summary>Those of the two that stand at another device.</summary>
    public IReadOnlyList<SweepSubject> Witnesses => [.. new[] { WitnessAtTheBts, WitnessInSteps }.Where(witness => witness.Device != Device)];
}
