using CellLab.Core.Documents;
using CellLab.Core.Programs;

namespace CellLab.Core.Protocols.PyBamm;

/// <summary>Reads experiments made of PyBaMM strings, as JSON or as text with one step a line. Python is not evaluated.</summary>
internal static class PyBammReader
{
    /// <summary>Steps written out in one file.</summary>
    public const int MaxSteps = 20_000;
    public const string WriteRepeats = "write what repeats as {\"repeat\": n, \"steps\": [...]} in a JSON file";

    public static readonly string TooManySteps = FormattableString.Invariant($"it has more than {MaxSteps} steps");

    /// <summary>PyBaMM's own recording interval where none is stated.</summary>
    private const double DefaultPeriodSeconds = 60;

    public static bool IsText(string fileName) => fileName.EndsWith(".txt", StringComparison.OrdinalIgnoreCase);

    public static bool Recognises(DocumentNode root) => root is ListNode || (root is MapNode map && map.Find("experiment") is not null);

    public static ProtocolReading Read(string file, DocumentNode root, IReadOnlyList<Finding> earlier)
    {
        var experiment = new ExperimentReader(file, earlier);
        return Finish(file, experiment.Read(root), experiment, experiment.Errors, experiment.Warnings);
    }

    /// <summary>One step a line; <c>#</c> begins a comment.</summary>
    public static ProtocolReading ReadText(string file, string text)
    {
        var errors = new List<Finding>();
        var warnings = new List<Finding>();
        var mapping = new StepMapping(file, errors, warnings);
        var items = new List<ExperimentItem>();
        string[] lines = text.TrimStart('\uFEFF').Split('\n');
        for (int i = 0; i < lines.Length && items.Count + errors.Count <= MaxSteps; i++)
        {
            string line = lines[i].Split('#')[0];
            string sentence = line.Trim();
            var at = new SourcePosition(i + 1, line.Length - line.TrimStart().Length + 1);
            if (sentence.Length > 0 && mapping.Map(sentence, at) is { } step)
            {
                items.Add(new StepItem(step));
            }
        }

        return Finish(file, items, null, errors, warnings);
    }

    private static ProtocolReading Finish(
        string file, IReadOnlyList<ExperimentItem> items, ExperimentReader? whole, List<Finding> errors, List<Finding> warnings)
    {
        if (items.Count > MaxSteps)
        {
            errors.Add(new Finding(file, 0, 0, TooManySteps, WriteRepeats));
        }
        else if (items.Count == 0 && errors.Count == 0)
        {
            errors.Add(new Finding(file, 0, 0, "it holds no step", "write one such as: Charge at 0.1C until 4.8 V"));
        }

        if (errors.Count > 0)
        {
            return new ProtocolReading(null, errors, warnings);
        }

        IReadOnlyList<ProtocolStep> entries = ExperimentEntries.Of(ExperimentEnd.Apply(whole?.Ends ?? [], LoopFolding.Fold(items), file, warnings));
        return new ProtocolReading(
            new Protocol
            {
                Name = Path.GetFileNameWithoutExtension(file),
                File = file,
                Record = RecordOf(whole?.Period),
                Steps = entries,
            },
            errors,
            warnings);
    }

    /// <summary>PyBaMM's silent minute would leave fast cycles with few rows, so a change of voltage is stored as well where nobody chose.</summary>
    private static RecordRule RecordOf(double? period) =>
        period is { } stated ? new RecordRule(stated, null, null) : new RecordRule(DefaultPeriodSeconds, DefaultRecordRule.DeltaVolts, null);
}
