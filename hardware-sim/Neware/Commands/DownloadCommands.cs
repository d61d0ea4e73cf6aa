using System.Xml.Linq;
using CellLab.HardwareSim.Control;
using CellLab.HardwareSim.Neware.Running;
using CellLab.HardwareSim.Neware.Wire;

namespace CellLab.HardwareSim.Neware.Commands;

/// <summary>download, downloadStepLayer and downloadlog: what is stored.</summary>
internal static class DownloadCommands
{
    private const int MostRecords = 1000;
    private const int MostLogLines = 5000;

    /// <summary>The year-2024 client misspells the reply's name.</summary>
    public static BtsReply Records(BtsExchange x)
    {
        var reply = new BtsReply(x.IsYear2025 ? "download_resp" : "donwload_resp");
        XElement item = x.Request.Items("download").FirstOrDefault() ?? new XElement("download");
        BtsAddress.TryRead(item, out BtsAddress address);
        int first = BtsAddress.Number(item, "startpos") ?? 0;
        int asked = BtsAddress.Number(item, "count") ?? 0;
        int testId = BtsAddress.Number(item, "testid") ?? 0;
        BtsChannel? channel = x.System.Find(address);
        if (channel is null)
        {
            reply.Element("download", address, null).Attribute("testid", testId).Attribute("startpos", first).Attribute("count", asked)
                .Attribute("auxid", 0).Close("download", "false");
            return reply.OpenList(0).CloseList();
        }

        return channel.At(x.Now, c => WritePage(x, reply, c, new RecordPage(testId, first, asked)));
    }

    private static BtsReply WritePage(BtsExchange x, BtsReply reply, BtsChannel channel, RecordPage page)
    {
        BtsTest? test = channel.Test(page.TestId);
        reply.Element("download", channel.Address, null).Attribute("testid", test?.TestId ?? page.TestId).Attribute("startpos", page.First)
            .Attribute("count", page.Count).Attribute("auxid", 0).CloseEmpty();
        int stored = test?.Records.Count ?? 0;
        int most = x.System.Fault(FaultNames.ShortPage, channel) is ActiveFault shortened && shortened.Use()
            ? (int)shortened.Number("count", 7)
            : MostRecords;
        int count = page.First < 1 ? 0 : Math.Clamp(stored - page.First + 1, 0, Math.Min(Math.Max(0, page.Count), most));
        reply.OpenList(count);
        if (count > 0)
        {
            int cycleShift = x.System.IsOn(FaultNames.CycleOffset, channel) ? -1 : 0;
            new RecordWriter(reply, test!, x, cycleShift).Write(page.First, count);
        }

        return reply.CloseList();
    }

    public static BtsReply StepLayer(BtsExchange x)
    {
        BtsReply reply = x.Reply();
        XElement item = x.Request.Items("downloadStepLayer").FirstOrDefault() ?? new XElement("downloadStepLayer");
        BtsAddress.TryRead(item, out BtsAddress address);
        int testId = BtsAddress.Number(item, "testid") ?? 0;
        if (x.System.Find(address) is not BtsChannel channel)
        {
            reply.Element("downloadStepLayer", address, null).Attribute("testid", testId).Close("downloadStepLayer", "false");
            return reply.OpenList(0).CloseList();
        }

        return channel.At(x.Now, c => WriteSteps(x, reply, c, testId));
    }

    private static BtsReply WriteSteps(BtsExchange x, BtsReply reply, BtsChannel channel, int testId)
    {
        BtsTest? test = channel.Test(testId);
        List<ExecutedStep> ended = [.. (test?.Steps ?? []).Where(s => s.Ended)];
        reply.Element("downloadStepLayer", channel.Address, null).Attribute("testid", test?.TestId ?? testId).CloseEmpty().OpenList(ended.Count);
        double factor = x.System.UnitFactor;
        var clock = new LocalTime(x.System);
        foreach (ExecutedStep step in ended)
        {
            BtsRecord first = test!.Records[step.FirstSequence - 1];
            BtsRecord last = test.Records[step.LastSequence - 1];
            reply.Text.Raw("<data"u8);
            reply.Attribute("startseqid", step.FirstSequence).Attribute("endseqid", step.LastSequence).Attribute("stepindex", step.Index);
            reply.Attribute("stepid", step.Step.Id).Attribute("cycleid", step.Cycle).Attribute("steptype", step.Step.Word);
            reply.Attribute("steptime", (long)Math.Round(step.Seconds * 1e3)).Attribute("endatime", clock.Text((int)Math.Floor(step.EndSeconds)));
            reply.Attribute("startvolt", first.Volts).Attribute("endvolt", last.Volts);
            reply.Attribute("startcurr", first.Amperes * factor).Attribute("endcurr", last.Amperes * factor);
            reply.Attribute("cap", step.AmpereHours * factor).Attribute("eng", step.WattHours * factor).Attribute("dcir", 0).CloseEmpty();
        }

        return reply.CloseList();
    }

    public static BtsReply Log(BtsExchange x)
    {
        var reply = new BtsReply(x.IsYear2025 ? "downloadlog_resp" : "donwloadlog_resp");
        XElement item = x.Request.Items("download").FirstOrDefault() ?? new XElement("download");
        BtsAddress.TryRead(item, out BtsAddress address);
        int testId = BtsAddress.Number(item, "testid") ?? 0;
        (int Id, BtsLogLine[] Lines) log = x.System.Find(address)?.At(
            x.Now, c => (c.Test(testId)?.TestId ?? testId, (c.Test(testId)?.Log ?? []).Take(MostLogLines).ToArray())) ?? (testId, []);
        reply.Element("download", address, null).Attribute("testid", log.Id).CloseEmpty().OpenList(log.Lines.Length);
        var clock = new LocalTime(x.System);
        for (int i = 0; i < log.Lines.Length; i++)
        {
            reply.Text.Raw("<data"u8);
            reply.Attribute("seqid", i + 1).Attribute("log_code", log.Lines[i].Code);
            reply.Attribute("atime", clock.Text((int)Math.Floor(log.Lines[i].AtSeconds))).CloseEmpty();
        }

        return reply.CloseList();
    }

    private readonly record struct RecordPage(int TestId, int First, int Count);
}
