using CellLab.Core.Devices;
using CellLab.Drivers.Neware.Messages;

namespace CellLab.Drivers.Neware.Following;

/// <summary>Takes a page of records into a turn. Records of the first constant-current step wait until one of them has shown that the unit
/// setting is right.</summary>
internal sealed class PageTaker(RecordMaker maker, NewareUnits units)
{
    /// <param name="isRunning">More records of the running step will come, so undecided ones may wait.</param>
    /// <exception cref="DeviceFaultException">Configuration: the unit setting is wrong. Nothing of the turn counts.</exception>
    public void Take(FollowTurn turn, IReadOnlyList<StoredRecord> page, DateTimeOffset receivedAtUtc, bool isRunning)
    {
        for (int i = 0; i < page.Count; i++)
        {
            StoredRecord record = page[i];
            if (!CheckUnits(turn, page, i, isRunning))
            {
                turn.HoldsBack = true;
                return;
            }

            turn.Records.Add(maker.Make(turn.State, record, receivedAtUtc, turn.Notes));
        }
    }

    /// <summary>False when the record has to wait for a later one to decide.</summary>
    private bool CheckUnits(FollowTurn turn, IReadOnlyList<StoredRecord> page, int index, bool isRunning)
    {
        UnitsEvidence evidence = UnitsCheck.Judge(page[index], turn.Cursor.Program);
        if (evidence == UnitsEvidence.Wrong)
        {
            throw WrongUnits(turn, page[index]);
        }

        turn.State.UnitsChecked |= evidence == UnitsEvidence.Fits;
        if (turn.State.UnitsChecked || UnitsCheck.ProgrammedAmperes(page[index], turn.Cursor.Program) is null)
        {
            return true;
        }

        return DecidedLater(turn, page, index) ?? !isRunning;
    }

    /// <summary>True when a later record of the page fits, or the step ends undecided; null when the page tells nothing more.</summary>
    private bool? DecidedLater(FollowTurn turn, IReadOnlyList<StoredRecord> page, int index)
    {
        for (int i = index + 1; i < page.Count; i++)
        {
            UnitsEvidence evidence = UnitsCheck.Judge(page[i], turn.Cursor.Program);
            if (evidence == UnitsEvidence.Wrong)
            {
                throw WrongUnits(turn, page[i]);
            }

            if (evidence == UnitsEvidence.Fits || page[i].StepId != page[index].StepId)
            {
                return true;
            }
        }

        return null;
    }

    private DeviceFaultException WrongUnits(FollowTurn turn, in StoredRecord record)
    {
        double programmed = UnitsCheck.ProgrammedAmperes(record, turn.Cursor.Program) ?? 0;
        string setting = units == NewareUnits.Amperes ? "A" : "mA";
        string other = units == NewareUnits.Amperes ? "mA" : "A";
        return new DeviceFaultException(
            FaultKind.Configuration,
            turn.Cursor.Channel.Device,
            string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{turn.Cursor.Channel}: record {record.Number} reads {record.CurrentAmperes:g4} A where step {record.StepId} is programmed with {programmed:g4} A; this BTS seems to send {other}, the setting units says {setting}. Nothing of this test is taken until settings.units is corrected."));
    }
}
