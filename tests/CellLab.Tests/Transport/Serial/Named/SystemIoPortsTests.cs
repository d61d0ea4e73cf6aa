using CellLab.Transport.Serial;

namespace CellLab.Tests.Transport.Serial.Named;

public sealed class SystemIoPortsTests : SerialLineConformance
{
    protected override SerialSettings Line => new(Baud: 28800, Flow: SerialFlow.RtsCts, Through: SerialDriver.SystemIoPorts);
}
