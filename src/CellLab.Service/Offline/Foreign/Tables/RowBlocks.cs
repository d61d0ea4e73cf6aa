using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using CellLab.Service.Offline.Foreign.Text;

namespace CellLab.Service.Offline.Foreign.Tables;

/// <summary>A file's lines block by block, read and scanned on a thread of their own, so that who takes them need not wait. A few blocks go round: memory does
/// not grow with the file.</summary>
internal sealed class RowBlocks : IDisposable
{
    private const int Ahead = 3;

    private readonly LineBlocks _lines;
    private readonly RowScanner _scanner;
    private readonly BlockingCollection<RowBlock> _ready = new(Ahead);
    private readonly ConcurrentQueue<RowBlock> _free = [];
    private readonly CancellationTokenSource _noMore = new();
    private readonly Thread _thread;
    private ExceptionDispatchInfo? _fault;

    public RowBlocks(LineBlocks lines, RowScanner scanner)
    {
        (_lines, _scanner) = (lines, scanner);
        _thread = new Thread(Run) { IsBackground = true, Name = "file" };
        _thread.Start();
    }

    /// <summary>Each is good until the next one is asked for.</summary>
    /// <exception cref="IOException">The file cannot be read any further.</exception>
    public IEnumerable<RowBlock> All()
    {
        foreach (RowBlock block in _ready.GetConsumingEnumerable())
        {
            yield return block;
            _free.Enqueue(block);
        }

        _fault?.Throw();
    }

    public void Dispose()
    {
        _noMore.Cancel();
        _thread.Join();
        _lines.Dispose();
        _ready.Dispose();
        _noMore.Dispose();
    }

    private void Run()
    {
        try
        {
            RowBlock block = Next();
            while (!_noMore.IsCancellationRequested && block.Fill(_lines, _scanner.Columns, out int start, out int end))
            {
                _scanner.Scan(block, start, end);
                _ready.Add(block, _noMore.Token);
                block = Next();
            }
        }
        catch (OperationCanceledException)
        {
            // whoever took them has enough
        }
#pragma warning disable CA1031 // thrown again where the rows are taken
        catch (Exception fault)
#pragma warning restore CA1031
        {
            _fault = ExceptionDispatchInfo.Capture(fault);
        }
        finally
        {
            _ready.CompleteAdding();
        }
    }

    private RowBlock Next() => _free.TryDequeue(out RowBlock? used) ? used : new RowBlock();
}
