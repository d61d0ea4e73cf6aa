using CellLab.Core.Devices;
using CellLab.Core.Triggers;
using CellLab.Core.Triggers.Patterns;

namespace CellLab.Engine.Triggers;

/// <summary>The trigger that was out when the service ended: what is known of it is kept, what nobody saw is said, and a pulse is never repeated.</summary>
internal sealed class InterruptedTrigger(TriggerBook book, PatternFileSearch files)
{
    public const string InThePulse = "the service ended during the pulse";
    private const string AfterThePulse = "the service ended after the pulse; nobody saw whether an exposure followed";

    /// <returns>The trigger whose exposure may still run; null for none.</returns>
    public TriggerIntent? Take()
    {
        TriggerIntent? current = book.Open.LastOrDefault(intent => intent.Fate is TriggerFate.Firing or TriggerFate.Sent or TriggerFate.Exposing);
        foreach (TriggerIntent unseen in book.Open.Where(intent => intent.Fate is TriggerFate.Firing or TriggerFate.Sent).ToList())
        {
            bool inPulse = unseen.Fate == TriggerFate.Firing;
            book.Change(unseen.Id, intent => intent with { StartUnseen = true, Sought = files.CanFind });
            if (inPulse)
            {
                book.Change(unseen.Id, intent => intent with { Fate = TriggerFate.Unconfirmed, Outcome = PulseOutcome.Unconfirmed, Reason = InThePulse });
                book.Tell($"{unseen.Id}: the service ended during the pulse; whether it came is not known, and it is not repeated");
            }
        }

        return current is null ? null : book.Find(current.Id);
    }

    /// <summary>No exposure is seen, or nothing can be: it may have been, and has ended since.</summary>
    /// <param name="atUtc">When the diffractometer was seen free; null where it cannot be asked.</param>
    public void Miss(string id, PatternInstant? atUtc) => book.Change(id, intent => intent.Fate switch
    {
        TriggerFate.Exposing => intent with { Fate = TriggerFate.Exposed, Times = intent.Times with { SeenFree = atUtc } },
        TriggerFate.Sent or TriggerFate.Unconfirmed => intent with
        {
            Fate = TriggerFate.Unconfirmed, Reason = intent.Reason ?? AfterThePulse, Times = intent.Times with { SeenFree = atUtc },
        },
        _ => intent,
    });

    /// <summary>The instrument or a file shows that the exposure was, and is over.</summary>
    public static TriggerIntent Over(TriggerIntent intent, PatternInstant? seenFree) =>
        intent with { Fate = TriggerFate.Exposed, Sought = false, Times = intent.Times with { SeenFree = intent.Times.SeenFree ?? seenFree } };
}
