using System.Text.Json;
using CellLab.CellModel;
using CellLab.HardwareSim.Bench;
using CellLab.HardwareSim.Cells;

namespace CellLab.HardwareSim.Land;

/// <summary>Makes a LAND tester of its part of the bench file, checking every member.</summary>
internal sealed class LandInstrumentFactory(BenchContext bench, LandBenchDevice device, string at)
{
    public static IBenchInstrument Create(BenchContext bench, JsonElement element, string at) =>
        new LandInstrumentFactory(bench, bench.File.Part<LandBenchDevice>(element, at), at).Create();

    private LandInstrument Create()
    {
        Require(device.RecordBytes is 20 or 24, "record_bytes", $"expected 20 or 24, found {device.RecordBytes}");
        Require(device.RecordS > 0 && device.QuietS > 0, "record_s", "record_s and quiet_s must be above 0");
        Require(device.Channels.Count > 0, "channels", "name at least one channel");
        Require(device.Channels.DistinctBy(c => c.Channel).Count() == device.Channels.Count, "channels", "two channels have the same name");
        Require(device.Programs.Count > 0, "programs", "name at least one program");
        for (int i = 0; i < device.Programs.Count; i++)
        {
            CheckSteps(device.Programs[i], $"programs[{i}].steps");
        }

        var files = new LandFiles(Path.GetFullPath(Path.Combine(bench.StateDirectory, device.Folder ?? $"land-{device.Id}")));
        var streams = new SplitMix64(bench.File.Document.Seed + (0x4C414EUL * (ulong)device.Id.Sum(c => c)));
        return new LandInstrument(device, files, [.. device.Channels.Select((c, i) => Channel(c, i, files, streams.Next()))], bench.Clock, bench.Faults);
    }

    private LandChannel Channel(LandBenchChannel channel, int index, LandFiles files, ulong seed)
    {
        CellPlace place = bench.Rack.Find(channel.Cell)
            ?? throw bench.File.Wrong($"{at}.channels[{index}].cell", $"the file has no cell '{channel.Cell}'; it has {(bench.Rack.Names.Length == 0 ? "none" : bench.Rack.Names)}");
        if (channel.Pipeline is { } pipeline && bench.Cells.Find(pipeline) is null)
        {
            bench.Cells.Add(pipeline, place.View);
        }

        return new LandChannel(device.Id, channel, place, new Meter(exact: !channel.Noise, seed), device, files);
    }

    private void CheckSteps(LandBenchProgram program, string member)
    {
        for (int i = 0; i < program.Steps.Count; i++)
        {
            LandBenchStep step = program.Steps[i];
            bool right = step.Kind switch
            {
                "rest" => step.Seconds > 0,
                "current" => step.CurrentMa != 0 && (step.Seconds > 0 || step.UntilV is not null),
                "voltage" => step.Volts != 0 && (step.Seconds > 0 || step.UntilMa is not null),
                "loop" => step.Passes > 0 && step.To >= 1 && step.To <= i,
                _ => false,
            };
            Require(right, $"{member}[{i}]", "expected rest (seconds), current (current_ma; seconds or until_v), voltage (volts; seconds or until_ma) or loop (to an earlier step, passes)");
        }

        Require(program.Steps.Count > 0, member, "name at least one step");
    }

    private void Require(bool holds, string member, string message)
    {
        if (!holds)
        {
            throw bench.File.Wrong($"{at}.{member}", message);
        }
    }
}
