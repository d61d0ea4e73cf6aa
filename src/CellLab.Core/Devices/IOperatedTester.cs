using CellLab.Core.Programs;

namespace CellLab.Core.Devices;

/// <summary>A tester that can only be watched: a person starts and stops its tests when a job asks for it, and the new test is recognised by its barcode. Its
/// states and records come through <see cref="IChannelBank"/>.</summary>
public interface IOperatedTester
{
    /// <summary>What a person cannot set up there of the program, one sentence each with its step; empty when it can be run.</summary>
    IReadOnlyList<string> Check(ChannelAddress channel, CellProgram program);

    /// <summary>What a person is to do so that the program runs under this barcode: half a sentence that begins with a verb.</summary>
    string StartTask(ChannelAddress channel, CellProgram program, string barcode);

    /// <summary>What a person is to do so that the test ends, and what confirms it.</summary>
    string StopTask(ChannelAddress channel);
}
