using System.Globalization;
using CellLab.Core.Devices;
using CellLab.Core.Time;
using CellLab.Drivers.Land.Ccs;

namespace CellLab.Drivers.Land.Following;

/// <summary>Follows one test through its data files, a turn at a time. The format has no mark for the end of a test: it is over when its file has been
/// quiet for long, or when the channel has a newer one.</summary>
internal sealed class LandFollower(LandOptions options, LandWatch watch, Clocks clocks)
{
    /// <param name="tests">Of the cursor's channel, oldest first.</param>
    public FollowedReading Turn(ChannelCursor cursor, IReadOnlyList<LandTest> tests)
    {
        LandFollowState state = LandFollowState.Read(cursor.ResumeToken, cursor.Channel);
        var notes = new List<string>();
        LandTest? test = tests.FirstOrDefault(found => found.Id == cursor.TestId);
        if (test is null)
        {
            NoteOnce(state, LandTold.Absent, notes, $"The data file {cursor.TestId} is not in the folder; it is waited for.");
            return new FollowedReading(cursor.Channel, FollowOutcome.Away, [], [], notes, state.Write(), More: false);
        }

        var maker = new LandRecordMaker(state, options.FirstStepNumber, clocks.Lab.GetUtcNow(), notes);
        try
        {
            FollowOutcome outcome = Follow(cursor, test, tests, state, maker, notes, out bool more);
            return new FollowedReading(cursor.Channel, outcome, maker.Records, maker.StepTimes, notes, state.Write(), more);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // the state may have moved on with the records that were read before the failure: nothing of it counts
            LandFollowState before = LandFollowState.Read(cursor.ResumeToken, cursor.Channel);
            var told = new List<string>();
            NoteOnce(before, LandTold.Unreadable, told, $"A data file of {cursor.TestId} cannot be read ({failure.Message}); it is tried again.");
            return new FollowedReading(cursor.Channel, FollowOutcome.Away, [], [], told, before.Write(), More: false);
        }
    }

    private FollowOutcome Follow(
        ChannelCursor cursor, LandTest test, IReadOnlyList<LandTest> tests, LandFollowState state, LandRecordMaker maker, List<string> notes, out bool more)
    {
        bool isNewest = ReferenceEquals(tests[^1], test) || !tests[^1].IsKnown;
        TimeSpan patience = Longest(options.Quiet, TimeSpan.FromSeconds(3 * cursor.Program.LongestIntervalSeconds));
        bool isQuiet = watch.IsQuiet(test.Last.File.Name, patience);
        long before = state.LastRecord;
        more = ReadAll(test, state, maker, notes, final: isQuiet || !isNewest);
        if (state.LastRecord > before)
        {
            watch.Grew(state.File!);
            state.Told &= ~LandTold.Over; // a person's pause was long
        }

        bool stuck = state.Told.HasFlag(LandTold.UnknownBlock);
        if (more || stuck || (isNewest && (!isQuiet || state.LastRecord > before)))
        {
            return FollowOutcome.Following;
        }

        return Conclude(cursor, state, maker, isNewest, patience, notes);
    }

    private static FollowOutcome Conclude(
        ChannelCursor cursor, LandFollowState state, LandRecordMaker maker, bool isNewest, TimeSpan patience, List<string> notes)
    {
        bool reached = LandEnding.IsReached(cursor.Program, state);
        if (!state.Told.HasFlag(LandTold.Over))
        {
            maker.EndStep(null);
        }

        NoteOnce(state, LandTold.Over, notes, string.Create(
            CultureInfo.InvariantCulture,
            $"The test counts as over: {(isNewest ? $"its data file has not grown for {patience.TotalSeconds:0} s" : "the channel has a newer data file")}, and its records {(reached ? "reach" : "do not reach")} the end of the program."));
        return reached ? FollowOutcome.Complete : isNewest ? FollowOutcome.EndedEarly : FollowOutcome.Overrun;
    }

    /// <returns>Whether more whole blocks wait.</returns>
    private bool ReadAll(LandTest test, LandFollowState state, LandRecordMaker maker, List<string> notes, bool final)
    {
        int index = Math.Max(0, test.Files.ToList().FindIndex(file => file.File.Name == state.File));
        for (; index < test.Files.Count; index++)
        {
            LandTestFile file = test.Files[index];
            if (file.Head?.Start is not { } start)
            {
                return file.Problem is { } problem ? throw new IOException(problem) : false;
            }

            Enter(state, file, start, test, notes);
            bool hasSuccessor = index + 1 < test.Files.Count;
            if (new LandReader(state, maker, notes).Read(file.File, start, continues: index > 0, final: final || hasSuccessor))
            {
                return true;
            }
        }

        return false;
    }

    private void Enter(LandFollowState state, LandTestFile file, int start, LandTest test, List<string> notes)
    {
        if (state.File == file.File.Name)
        {
            return;
        }

        if (state.File is not null)
        {
            notes.Add($"The tester goes on in the data file {file.File.Name}.");
        }

        (state.File, state.Offset, state.Taken, state.RecordBytes) = (file.File.Name, 0, 0, 0);
        state.StartTicks ??= StartOf(file, start, test, notes).UtcTicks;
    }

    /// <summary>The blocks hold no absolute time that is understood.</summary>
    private DateTimeOffset StartOf(LandTestFile file, int start, LandTest test, List<string> notes)
    {
        if (!options.StartsWhenSeen)
        {
            notes.Add($"Absolute times of {test.Id} count from the time at which its data file was created; the format does not hold them.");
            return file.File.CreatedUtc;
        }

        notes.Add($"Absolute times of {test.Id} count from when its data file was seen here; the format does not hold them.");
        bool young = file.File.Length <= start + (2 * CcsBlocks.BlockBytes);
        return !young && LandTail.Read(test.Last.File, test.Last.Head?.Start ?? start) is { TestSeconds: { } seconds }
            ? clocks.Lab.GetUtcNow() - TimeSpan.FromSeconds(seconds)
            : watch.FirstSeenAt(file.File.Name);
    }

    private static void NoteOnce(LandFollowState state, LandTold what, List<string> notes, string text)
    {
        if (!state.Told.HasFlag(what))
        {
            state.Told |= what;
            notes.Add(text);
        }
    }

    private static TimeSpan Longest(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
