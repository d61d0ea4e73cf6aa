using System.Xml.Linq;
using CellLab.HardwareSim.Control;
using CellLab.HardwareSim.Neware.Running;
using CellLab.HardwareSim.Neware.Wire;

namespace CellLab.HardwareSim.Neware.Commands;

/// <summary>getchlstatus, inquire and inquiredf: what is now.</summary>
internal static class StateCommands
{
    public static BtsReply Status(BtsExchange x)
    {
        List<XElement> items = [.. x.Request.Items("status")];
        BtsReply reply = x.Reply().OpenList(items.Count);
        foreach (XElement item in items)
        {
            BtsAddress.TryRead(item, out BtsAddress address);
            BtsChannel? channel = x.System.Find(address);
            string word = channel?.At(x.Now, c => c.State.Word()) ?? "false";
            BtsAddress shown = x.System.IsOn(FaultNames.WrongUnit) ? address with { Unit = 1 } : address;
            reply.Element("status", shown, x.Ip(item)).Attribute("reservepause", channel?.Run?.ReservedPause is null ? 0 : 1).Close("status", word);
        }

        return reply.CloseList();
    }

    public static BtsReply Inquire(BtsExchange x)
    {
        List<XElement> items = [.. x.Request.Items("inquire")];
        BtsReply reply = x.Reply().OpenList(items.Count);
        double factor = x.System.UnitFactor;
        foreach (XElement item in items)
        {
            BtsAddress.TryRead(item, out BtsAddress address);
            reply.Text.Raw("<inquire dev=\""u8).Number(address.DeviceType).Raw("-"u8).Plain(address.ToString()).Raw("-0\""u8);
            if (x.System.Find(address) is BtsChannel channel)
            {
                channel.At(x.Now, c => WriteLive(reply, c, x, factor));
            }
            else
            {
                WriteAbsent(reply);
            }
        }

        return reply.CloseList();
    }

    public static BtsReply RecordCounts(BtsExchange x)
    {
        List<XElement> items = [.. x.Request.Items("chl")];
        BtsReply reply = x.Reply().OpenList(items.Count);
        foreach (XElement item in items)
        {
            BtsAddress.TryRead(item, out BtsAddress address);
            int asked = BtsAddress.Number(item, "testid") ?? 0;
            BtsChannel? channel = x.System.Find(address);
            (int Id, int Count, bool Over) found = channel?.At(x.Now, c => Counted(x, c, asked)) ?? (asked, 0, false);
            reply.Element("chl", address, null).Attribute("testid", found.Id).Attribute("count", found.Count)
                .Close("chl", found.Over ? "true" : "false");
        }

        return reply.CloseList();
    }

    private static (int Id, int Count, bool Over) Counted(BtsExchange x, BtsChannel channel, int asked)
    {
        if (channel.Test(asked) is not BtsTest test)
        {
            return (asked, 0, true);
        }

        double late = x.System.Fault(FaultNames.LateComplete, channel)?.Number("seconds", 5) ?? 0;
        return (test.TestId, test.Records.Count, test.EndSeconds + late <= x.Now);
    }

    /// <summary>Four decimals, whatever the unit: a coin cell's current is hardly seen here.</summary>
    private static bool WriteLive(BtsReply reply, BtsChannel channel, BtsExchange x, double factor)
    {
        BtsTest? test = channel.Test(0);
        TestRun? run = channel.Run is { State: RunState.Working or RunState.Pause } live ? live : null;
        bool works = run is { State: RunState.Working };
        if (run is not null)
        {
            reply.Attribute("cycle_id", run.Cycle).Attribute("step_id", run.Step.Step.Id);
        }

        reply.Attribute("step_type", run?.Step.Step.Word ?? "--").Attribute("workstatus", channel.State.Word());
        reply.Attribute("barcode", Barcode(x, channel, test));
        double elapsed = works ? run!.Step.Elapsed + Math.Max(0, x.Now - run.Now) : run?.Step.Elapsed ?? 0;
        double total = works ? test!.RunSeconds + Math.Max(0, x.Now - run!.Now) : run is null ? 0 : test!.RunSeconds;
        Four(reply, "current", works ? run!.Step.Milliamperes * 1e-3 * factor : 0);
        Four(reply, "voltage", channel.Volts(x.Now));
        Four(reply, "capacity", (run?.Step.MilliampereSeconds ?? 0) / 3.6e6 * factor);
        Four(reply, "energy", (run?.Step.MilliwattSeconds ?? 0) / 3.6e6 * factor);
        reply.Attribute("totaltime", total, "0.#").Attribute("relativetime", elapsed, "0.#");
        reply.Attribute("open_or_close", 0).Attribute("log_code", works ? BtsLogCode.Running : 0).CloseEmpty();
        return true;
    }

    private static string Barcode(BtsExchange x, BtsChannel channel, BtsTest? test) =>
        x.System.Fault(FaultNames.BarcodeText, channel)?.Text("text") ?? test?.Barcode ?? "";

    private static void WriteAbsent(BtsReply reply)
    {
        reply.Attribute("cycle_id", "--").Attribute("step_type", "--").Attribute("workstatus", "false").Attribute("barcode", "--");
        reply.Attribute("current", "--").Attribute("voltage", "--").Attribute("capacity", "--").Attribute("energy", "--");
        reply.Attribute("totaltime", "--").Attribute("relativetime", "--").Attribute("open_or_close", 0).Attribute("log_code", 0).CloseEmpty();
    }

    private static void Four(BtsReply reply, string name, double value)
    {
        double rounded = Math.Round(value, 4);
        reply.Attribute(name, rounded == 0 ? 0 : rounded, "0.####");
    }
}
