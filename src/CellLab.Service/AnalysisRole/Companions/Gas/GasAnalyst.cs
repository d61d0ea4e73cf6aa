using CellLab.Core.Records;

namespace CellLab.Service.AnalysisRole.Companions.Gas;

/// <summary>Gas of a job while it runs and at its end. Interim results are computed anew when the signal has grown by a twentieth, so that all of them
/// together cost some twenty times the last.</summary>
internal sealed class GasAnalyst(JobFacts began) : CompanionAnalyst
{
    public const string Kind = "dems";

    private const double Growth = 1.05;

    private readonly GasSignals _signals = new();
    private JobFacts _facts = began;
    private GasLine _line = GasLine.None;
    private int _computedRows = 200;

    public static CompanionAnalysis Analysis { get; } = new(DemsResult.MethodVersion, [Streams.MassSpectrometer, Streams.Cycler], facts => new GasAnalyst(facts))
    {
        Inputs = facts => FormattableString.Invariant($"{facts.BaseInForce.ActiveMassMilligrams:R} mg of sample version {facts.SampleVersion}"),
    };

    public override async Task AskAsync(IJobSource source, CancellationToken cancellationToken) =>
        _line = GasLine.Of(await source.ReadEventDataAsync(_facts.Job, "ms-setup,ms-phase", cancellationToken));

    public override void Tell(JobFacts facts)
    {
        if (Analysis.StateOf(facts) != Analysis.StateOf(_facts))
        {
            _computedRows = 0; // at the next update, with what is there
        }

        _facts = facts;
    }

    public override void Add(CompanionRow row) => _signals.Add(row);

    public override void Add(RecordRow row) => _signals.Add(row);

    public override void Update()
    {
        if (_signals.Rows > Growth * _computedRows)
        {
            _computedRows = _signals.Rows;
            Compute();
        }
    }

    public override void Finish() => Compute();

    private void Compute()
    {
        if (GasComputation.Of(_signals, _line, _facts.BaseInForce.ActiveMassMilligrams, _facts.SubmitBase.OneCAmperes, _facts.SampleVersion) is { } result)
        {
            Keep(Kind, 0, result.ToJson());
        }
    }
}
