using CellLab.Core.Records;
using CellLab.Core.Triggers.Rules;

namespace CellLab.Engine.Triggers;

/// <summary>The cell's points that open patterns still need.</summary>
internal sealed class CellPoints
{
    private const int TrimAt = 512;

    private readonly List<CellPoint> _points = [];
    private readonly CellTrack _track = new(CellTrackState.New);

    public IReadOnlyList<CellPoint> All => _points;

    public CellPoint? Last => _points.Count == 0 ? null : _points[^1];

    public long LastSequence => Last?.Sequence ?? 0;

    public void Add(RecordRow row) => _points.Add(_track.Add(row));

    /// <summary>Forgets what lies before the moment, but for one point.</summary>
    /// <param name="needed">Null: only the last one is needed.</param>
    public void Trim(DateTimeOffset? needed)
    {
        if (_points.Count < TrimAt)
        {
            return;
        }

        int keepFrom = needed is { } moment ? _points.FindLastIndex(point => point.AtUtc <= moment) : _points.Count - 1;
        if (keepFrom > 0)
        {
            _points.RemoveRange(0, keepFrom);
        }
    }
}
