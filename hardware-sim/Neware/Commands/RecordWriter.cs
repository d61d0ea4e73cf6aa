using CellLab.HardwareSim.Neware.Running;
using CellLab.HardwareSim.Neware.Wire;

namespace CellLab.HardwareSim.Neware.Commands;

/// <summary>Writes <c>data</c> elements of a download: the busiest code of the server, so it appends bytes and nothing else.</summary>
internal sealed class RecordWriter(BtsReply reply, BtsTest test, BtsExchange exchange, int cycleShift)
{
    private readonly double _factor = exchange.System.UnitFactor;
    private readonly LocalTime _clock = new(exchange.System);

    public void Write(int firstSequence, int count)
    {
        for (int sequence = firstSequence; sequence < firstSequence + count; sequence++)
        {
            WriteOne(sequence, test.Records[sequence - 1]);
        }
    }

    private void WriteOne(int sequence, in BtsRecord r)
    {
        ExecutedStep step = test.Steps[r.Step];
        reply.Text.Raw("<data seqid=\""u8).Number(sequence)
            .Raw("\" stepid=\""u8).Number(step.Step.Id)
            .Raw("\" cycleid=\""u8).Number(step.Cycle + cycleShift)
            .Raw("\" steptype=\""u8).Plain(step.Step.Word)
            .Raw("\" testtime=\""u8).Number(r.StepMilliseconds)
            .Raw("\" atime=\""u8).Plain(_clock.Text(r.AtSecond))
            .Raw("\" volt=\""u8).Number(r.Volts, null)
            .Raw("\" curr=\""u8).Number(r.Amperes * _factor, null)
            .Raw("\" cap=\""u8).Number(r.AmpereHours * _factor, null)
            .Raw("\" eng=\""u8).Number(r.WattHours * _factor, null)
            .Raw("\"/>\r\n"u8);
    }
}
