using System.Xml.Linq;
using CellLab.HardwareSim.Control;
using CellLab.HardwareSim.Neware.Program;
using CellLab.HardwareSim.Neware.Running;
using CellLab.HardwareSim.Neware.Wire;

namespace CellLab.HardwareSim.Neware.Commands;

/// <summary>Commands that change what a channel does. Reasons for <c>false</c> go to the bench's own log alone, as on the real system.</summary>
internal static class RunCommands
{
    public static BtsReply Start(BtsExchange x)
    {
        int shared = x.System.IsOn(FaultNames.SharedTestId) ? x.System.NewTestId() : 0;
        return x.ForEach("start", (channel, item) => Begin(x, channel, item, shared));
    }

    public static BtsReply Stop(BtsExchange x) => x.ForEach("stop", (channel, _) => End(x, channel));

    /// <summary>The element is <c>stop</c>, its address a whole device.</summary>
    public static BtsReply StopDevice(BtsExchange x)
    {
        List<XElement> items = [.. x.Request.Items("stop")];
        BtsReply reply = x.Reply().OpenList(items.Count);
        foreach (XElement item in items)
        {
            int type = BtsAddress.Number(item, "devtype") ?? 0;
            int device = BtsAddress.Number(item, "devid") ?? 0;
            BtsChannel[] channels = [.. x.System.Channels.Where(c => c.Address.DeviceType == type && c.Address.Device == device)];
            foreach (BtsChannel channel in channels)
            {
                End(x, channel);
            }

            reply.Text.Raw("<stop"u8);
            reply.Attribute("ip", x.Ip(item)).Attribute("devtype", type).Attribute("devid", device).Close("stop", channels.Length > 0 ? "ok" : "false");
        }

        return reply.CloseList();
    }

    /// <summary>Works from a pause alone.</summary>
    public static BtsReply Continue(BtsExchange x) =>
        x.ForEach("continue", (channel, _) => channel.Act(x.Now, s => s == RunState.Pause, run => run.Continue(x.Now)));

    public static BtsReply GoTo(BtsExchange x) => x.ForEach("goto", (channel, item) =>
    {
        int step = BtsAddress.Number(item, "step") ?? 0;
        return channel.Act(
            x.Now,
            s => s == RunState.Working && step >= 1 && step <= channel.Run!.Test.Program.Steps.Count,
            run => run.GoTo(x.Now, step));
    });

    /// <summary>-1 / -1: at once.</summary>
    public static BtsReply SetPause(BtsExchange x) => x.ForEach("setpause", (channel, item) =>
    {
        int cycle = BtsAddress.Number(item, "cycleid") ?? -1;
        int step = BtsAddress.Number(item, "stepid") ?? -1;
        return channel.Act(x.Now, s => s == RunState.Working, run =>
        {
            if (cycle < 0 && step < 0)
            {
                run.Pause(x.Now);
            }
            else
            {
                run.ReservedPause = (cycle, step);
            }
        });
    });

    public static BtsReply CancelPause(BtsExchange x) => x.ForEach(
        "cancelpause", (channel, _) => channel.Act(x.Now, s => !s.IsOver(), run => run.ReservedPause = null));

    public static BtsReply GetPause(BtsExchange x)
    {
        List<XElement> items = [.. x.Request.Items("getpause")];
        BtsReply reply = x.Reply().OpenList(items.Count);
        foreach (XElement item in items)
        {
            BtsAddress.TryRead(item, out BtsAddress address);
            (int Cycle, int Step)? reserved = x.System.Find(address)?.At(x.Now, c => c.Run?.ReservedPause);
            reply.Element("getpause", address, x.Ip(item)).Attribute("cycleid", reserved?.Cycle ?? 0).Attribute("stepid", reserved?.Step ?? 0)
                .Close("getpause", reserved is null ? "false" : "true");
        }

        return reply.CloseList();
    }

    public static BtsReply Reset(BtsExchange x) => x.ForEach("reset", (channel, item) =>
    {
        BtsProgram? program = Load(x, channel, item.Value);
        return program is not null && channel.Act(x.Now, s => s == RunState.Working, run => run.Replace(x.Now, program));
    });

    private static bool Begin(BtsExchange x, BtsChannel channel, XElement item, int sharedTestId)
    {
        if (x.System.IsOn(FaultNames.Refuse, channel))
        {
            return false;
        }

        BtsProgram? program = Load(x, channel, item.Value);
        if (program is null)
        {
            return false;
        }

        if (!x.System.IsOn(FaultNames.StartOkButNothing, channel))
        {
            int testId = sharedTestId > 0 ? sharedTestId : x.System.NewTestId();
            channel.Start(x.Now, testId, (string?)item.Attribute("barcode") ?? "", program);
            Log.Started(x.System.Logger, x.System.Settings.DeviceId, channel.Name, testId, program.Steps.Count);
        }

        return true;
    }

    private static BtsProgram? Load(BtsExchange x, BtsChannel channel, string path)
    {
        try
        {
            BtsProgram program = StepFileReader.Read(x.System.StepFiles.Read(path));
            if (ChannelLimits.Refuse(program, channel.Parallel) is string reason)
            {
                throw new BtsProgramException(reason);
            }

            foreach (string note in program.Notes)
            {
                Log.StepFileNote(x.System.Logger, x.System.Settings.DeviceId, channel.Name, note);
            }

            return program;
        }
        catch (BtsProgramException e)
        {
            Log.StartRefused(x.System.Logger, x.System.Settings.DeviceId, channel.Name, e.Message);
            return null;
        }
    }

    private static bool End(BtsExchange x, BtsChannel channel) =>
        channel.Act(x.Now, s => !s.IsOver(), run => run.End(x.Now, RunState.Stop, BtsLogCode.Stopped))
        || channel.At(x.Now, c => c.State.IsOver());
}
