using CellLab.Core.Devices;
using CellLab.Drivers.Neware.Messages;

namespace CellLab.Drivers.Neware.Following;

/// <summary>Takes a page of records into a turn. Records of the first constant-current step wait until one of them has shown that the unit
/// setting is right.</summary>
internal sealed class PageTaker(RecordMaker maker, NewareUnits units)
{
    /// <summary>Records of a step that suffice to judge by, and after which none is held back any more.</summary>
    private const int Several = 3;

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
        if (UnitsCheck.IsThousandfold(page[index], turn.Cursor.Program))
        {
            throw WrongUnits(turn, page[index]);
        }

        if (turn.State.UnitsChecked || UnitsCheck.ProgrammedAmperes(page[index], turn.Cursor.Program) is null)
        {
            return true;
        }

        int suspicious = 0, undecided = 0;
        for (int i = index; i < page.Count && page[i].StepId == page[index].StepId; i++)
        {
            UnitsEvidence evidence = UnitsCheck.Judge(page[i], turn.Cursor.Program);
            suspicious += evidence == UnitsEvidence.Suspicious ? 1 : 0;
            undecided += evidence != UnitsEvidence.Fits && page[i].StepSeconds > 0 ? 1 : 0;
            if (evidence == UnitsEvidence.Wrong || suspicious == Several)
            {
                throw WrongUnits(turn, page[i]);
            }

            if (evidence == UnitsEvidence.Fits)
            {
                return turn.State.UnitsChecked = true;
            }

            if (undecided == Several)
            {
                return turn.State.UnitsUndecided = true; // no current to speak of: the limits must see the voltages
            }
        }

        bool stepGoesOn = page[^1].StepId == page[index].StepId;
        return turn.State.UnitsUndecided || !(stepGoesOn && isRunning);
    }

    private DeviceFaultException WrongUnits(FollowTurn turn, in StoredRecord record)
    {
        string programmed = UnitsCheck.ProgrammedAmperes(record, turn.Cursor.Program) is { } amperes
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"is programmed with {amperes:g4} A")
            : "holds a voltage";
        string setting = units == NewareUnits.Amperes ? "A" : "mA";
        string other = units == NewareUnits.Amperes ? "mA" : "A";
        return new DeviceFaultException(
            FaultKind.Configuration,
            turn.Cursor.Channel.Device,
            string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{turn.Cursor.Channel}: record {record.Number} reads {record.CurrentAmperes:g4} A where step {record.StepId} {programmed}; this BTS seems to send {other}, the setting units says {setting}. The instrument goes on; nothing more of this test is taken until the BTS or settings.units is corrected."));
    }
}
