using CellLab.Core.Programs;

namespace CellLab.Service.Offline.Preview;

/// <summary>When each segment of the job begins and how long it lasts, as far as the rehearsal enters them.</summary>
internal sealed class SegmentTotals(CellProgram program, RehearsalSetup setup)
{
    private readonly SegmentPlan _plan = SegmentPlan.Of(program, setup.ExecutorOf(program));
    private readonly List<PreviewedSegment> _rows = [];
    private Stage? _stage;

    public IReadOnlyList<PreviewedSegment> Rows => _rows;

    public void Add(StepEnding ending)
    {
        if (_plan.StageAt(ending.Place) is { } stage && stage != _stage)
        {
            _stage = stage;
            _rows.Add(new PreviewedSegment(_rows.Count + 1, ending.AtSeconds - ending.DurationSeconds, 0, stage.Why, stage.CellBefore, stage.IsWatched)
            {
                DurationKnown = stage.Other is not { ExpectedSeconds: null },
                Role = stage.Other?.Role ?? ConfiguredChannels.Cycler,
            });
        }

        _rows[^1] = _rows[^1] with { DurationS = _rows[^1].DurationS + ending.DurationSeconds };
    }
}
