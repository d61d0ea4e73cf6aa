using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Storage;
using CellLab.Storage.Export;
using NSubstitute;

namespace CellLab.Tests.Storage.Export;

/// <summary>Memory of the whole process is measured: nothing else may run beside it.</summary>
[CollectionDefinition(nameof(ExportMemoryTests), DisableParallelization = true)]
[Collection(nameof(ExportMemoryTests))]
[Trait("Suite", "Broad")]
public sealed class ExportMemoryTests
{
    private const int Rows200k = 200_000;
    private const long AllowedBytes = 12_000_000; // all rows at once would be more than 60 MB

    [Fact]
    public async Task Memory_stays_flat_over_many_rows()
    {
        IJournal journal = Substitute.For<IJournal>();
        long most = 0;
        long before = GC.GetTotalMemory(forceFullCollection: true);
        journal.CountRecordsAsync(default, "", default).ReturnsForAnyArgs((Rows200k, Rows200k));
        journal.ReadSegmentsAsync(default, default).ReturnsForAnyArgs([]);
        journal.ReadStepTimesAsync(default, "", default).ReturnsForAnyArgs([]);
        journal.ReadSamplesAsync(default, default).ReturnsForAnyArgs([]);
        journal.ReadAlarmsAsync(default, default).ReturnsForAnyArgs([]);
        journal.ReadEventsAsync(default, default, default, default).ReturnsForAnyArgs([]);
        journal.ReadRecordsAsync(default, "", default, default, default).ReturnsForAnyArgs(call =>
        {
            journal.ClearReceivedCalls(); // the substitute remembers its answers
            most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
            return Task.FromResult<IReadOnlyList<RecordRow>>(Rows.Of(Rows.JobA, call.ArgAt<long>(2), call.ArgAt<int>(3)));
        });
        var context = new ExportContext("lab", "0.1.0", null, new ExportClock(1, null, null), []);
        Job job = Rows.Job(Rows.JobA);

        IReadOnlyList<ExportFile> files = await new BdfCsvExport(journal, context).PrepareAsync(job, CancellationToken.None);
        using var target = new CountingStream();
        await files[0].WriteAsync(target, CancellationToken.None);

        Assert.True(target.Count > Rows200k * 100L, $"{target.Count} bytes written");
        Assert.True(most < AllowedBytes, $"{most} bytes held");
    }

    private sealed class CountingStream : Stream
    {
        public long Count { get; private set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => Count; set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => Count += count;
    }
}
