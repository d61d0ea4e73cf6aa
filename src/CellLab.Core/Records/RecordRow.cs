using CellLab.Core.Jobs;

namespace CellLab.Core.Records;

/// <summary>One stored row of data of one job: what the instrument said plus what the Engine knows. <paramref name="Sequence"/> counts from 1
/// within the job's stream without gap. A stored row is never changed.</summary>
/// <param name="TestTimeSeconds">Since the job's first segment started; provisional like the record's own time.</param>
/// <param name="Cycle">Electrochemical cycle, live count (docs: data formats, section 7).</param>
/// <param name="Block">Name of the program's block; <paramref name="Pass"/> counts its innermost loop's passes from 1.</param>
public sealed record RecordRow(
    JobId Job,
    string Stream,
    long Sequence,
    int Segment,
    double TestTimeSeconds,
    int Cycle,
    string Block,
    int Pass,
    InstrumentRecord Record);
