using CellLab.Core.Jobs;

namespace CellLab.Core.Records;

/// <summary>One stored row of an instrument beside the cycler. <paramref name="Sequence"/> counts from 1 within the job's stream without gap. A
/// stored row is never changed.</summary>
/// <param name="Stream">One of <see cref="CompanionBodies.Streams"/>; it says what kind of body the row has.</param>
/// <param name="TakenAtUtc">Lab time of the reading itself; the middle of it where it takes long.</param>
/// <param name="ReceivedAtUtc">When it arrived here, lab time.</param>
/// <param name="TestTimeSeconds">Of <paramref name="TakenAtUtc"/>, since the job's first segment started; negative before. Null where that is not known yet: the segment
/// has not started. What is read after it has is not null.</param>
public sealed record CompanionRow(
    JobId Job,
    string Stream,
    long Sequence,
    DateTimeOffset TakenAtUtc,
    DateTimeOffset ReceivedAtUtc,
    double? TestTimeSeconds,
    CompanionBody Body);

/// <summary>What such a row holds, by stream. Its members' JSON names are the columns of the job's file, of the topics and of REST.</summary>
public abstract record CompanionBody;
