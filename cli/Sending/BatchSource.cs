using System.Collections.Immutable;
using ClusterPulse.Cli.Files;

namespace ClusterPulse.Cli.Sending;

/// <summary>
/// Cuts the rows of a file into messages. Rows that can be read are numbered from 0 in the file's order; rows that cannot, and
/// withdrawals, have no number. So the numbers depend on the file and on how it is read alone, never on what the server thinks of a
/// row, and a send that is begun again counts as the one before.
/// </summary>
/// <param name="rows">The file from its beginning.</param>
/// <param name="from">Rows that are durable already: they are counted, not sent.</param>
/// <param name="refused">Hears of each row that cannot be sent.</param>
/// <param name="passed">Hears of each row that is durable already, with its number; null: nobody does.</param>
internal sealed class BatchSource(
    IAsyncEnumerable<FileReport> rows, long from, Action<FileReport> refused, Func<long, FileReport, ValueTask>? passed = null) : IAsyncDisposable
{
    /// <summary>Rows that a message may have.</summary>
    public const int MostRows = 5_000;

    /// <summary>Bytes of reports in a message; the rest up to the server's 4 MiB is for what stands around them.</summary>
    public const int MostBytes = (4 << 20) - (64 << 10);

    /// <summary>Tag and length of a report within the message.</summary>
    private const int Frame = 6;
    private const int FirstGuess = 1_000;

    private readonly IAsyncEnumerator<FileReport> _rows = rows.GetAsyncEnumerator();
    private readonly ImmutableArray<FileReport>.Builder _batch = ImmutableArray.CreateBuilder<FileReport>();
    private int _bytes;
    private FileReport? _ahead;
    private SendStep? _peeked;
    private int _wanted = FirstGuess;

    /// <summary>Rows that have a number so far.</summary>
    public long Numbered { get; private set; }

    /// <summary>How many rows the next messages shall have, as the server likes it; bounded by what a message may have.</summary>
    public void Want(int count) => Volatile.Write(ref _wanted, Math.Clamp(count, 1, MostRows));

    /// <summary>The next thing to do; null at the file's end. The same again until it is taken.</summary>
    public async ValueTask<SendStep?> PeekAsync(CancellationToken cancellation) => _peeked ??= await NextAsync(cancellation);

    /// <summary>The next thing is done, or is in other hands.</summary>
    public void Take() => _peeked = null;

    public ValueTask DisposeAsync() => _rows.DisposeAsync();

    private async ValueTask<SendStep?> NextAsync(CancellationToken cancellation)
    {
        // What is gathered stays where it is if this is cancelled: the next call goes on with it.
        var wanted = Volatile.Read(ref _wanted);
        while (await TakeAsync(cancellation) is { } row)
        {
            if (row.Report is null || row.Problems.Length > 0)
            {
                refused(row);
                continue;
            }
            if (row.Action == FileAction.Withdraw)
            {
                // A row after it is durable: so it was done.
                if (Numbered < from)
                    continue;
                if (_batch.Count == 0)
                    return new SendWithdrawal(row);
                _ahead = row;
                break;
            }
            var size = row.Report.CalculateSize() + Frame;
            if (size > MostBytes)
            {
                refused(TooLarge(row, size));
                continue;
            }
            if (Numbered < from)
            {
                if (passed is not null)
                    await passed(Numbered, row);
                Numbered++;
                continue;
            }
            if (_batch.Count > 0 && (_batch.Count >= wanted || _bytes + size > MostBytes))
            {
                _ahead = row;
                break;
            }
            _batch.Add(row);
            _bytes += size;
            Numbered++;
        }
        _bytes = 0;
        return _batch.Count > 0 ? new SendBatch(Numbered - _batch.Count, _batch.DrainToImmutable()) : null;
    }

    private async ValueTask<FileReport?> TakeAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (_ahead is { } ahead)
        {
            _ahead = null;
            return ahead;
        }
        return await _rows.MoveNextAsync() ? _rows.Current : null;
    }

    private static FileReport TooLarge(FileReport row, int size) => row with
    {
        Problems = [new(row.FirstLine, "", $"{size} bytes", Ingest.Reasons.TooMany, ReasonWords.Of(Ingest.Reasons.TooMany))],
    };
}
