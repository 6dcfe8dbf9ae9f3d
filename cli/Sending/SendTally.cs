using System.Collections.Immutable;
using ClusterPulse.Cli.Files;
using ClusterPulse.Cli.Language;
using ClusterPulse.Cli.Server;
using ClusterPulse.V1;
using Google.Rpc;
using Grpc.Core;

namespace ClusterPulse.Cli.Sending;

/// <summary>What becomes of a row that is not plainly accepted.</summary>
internal enum RowVerdict
{
    /// <summary>It is in, but odd.</summary>
    Warned,

    /// <summary>It is not in: unreadable here, or rejected there.</summary>
    Rejected,
}

/// <summary>Counts what becomes of the rows of a file, and passes on what people shall hear of at once.</summary>
/// <param name="troubled">Hears of each row that is rejected or warned about, once.</param>
/// <param name="said">Hears of breaks, a line each.</param>
/// <param name="locate">Puts what the server says of a field of a row into the file's words.</param>
internal sealed class SendTally(
    Action<FileReport, RowVerdict, ImmutableArray<FileProblem>> troubled, Action<string> said, Func<FileReport, FieldViolation, FileProblem> locate)
{
    private bool _isBegun;
    private long _refusedInThisPass;
    private long _refusedOnce;
    private long _answeredUpTo;

    /// <summary>Rows that are durable.</summary>
    public long Durable { get; private set; }

    /// <summary>Rows that an earlier run had sent.</summary>
    public long Before { get; private set; }

    /// <summary>Rows that could not be sent.</summary>
    public long Refused { get; private set; }

    /// <summary>Reports that were taken back.</summary>
    public long Withdrawn { get; private set; }

    /// <summary>Reports that were to be taken back, but are not there.</summary>
    public long NotThere { get; private set; }

    /// <summary>Breaks that were overcome, or are being.</summary>
    public long Breaks { get; private set; }

    /// <summary>The file is read from its beginning.</summary>
    /// <param name="durable">Rows that the server has.</param>
    public void Begin(long durable)
    {
        // Begun again after a rewind, this run has sent some of what is durable.
        if (!_isBegun)
            Before = durable;
        (_isBegun, Durable, _refusedInThisPass) = (true, durable, 0);
    }

    /// <summary>A row that cannot be sent.</summary>
    public void Refuse(FileReport row)
    {
        // The file may be read more than once.
        if (++_refusedInThisPass <= _refusedOnce)
            return;
        _refusedOnce++;
        Refused++;
        troubled(row, RowVerdict.Rejected, row.Problems);
    }

    /// <summary>What the server says of a batch.</summary>
    public void Answer(SendBatch batch, Receipt receipt)
    {
        foreach (var result in receipt.Rows)
        {
            if (result.Row >= Math.Max(batch.Offset, _answeredUpTo) && result.Row < batch.End)
                Tell(batch.Rows[(int)(result.Row - batch.Offset)], result);
        }
        Durable = batch.End;
        _answeredUpTo = Math.Max(_answeredUpTo, batch.End);
    }

    /// <summary>A row that an earlier run had sent.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="row">The row.</param>
    /// <param name="result">What the server said of it; null: it is plainly accepted.</param>
    public void Pass(long number, FileReport row, RowResult? result)
    {
        if (number < _answeredUpTo)
            return;
        _answeredUpTo = number + 1;
        if (result is not null)
            Tell(row, result);
    }

    /// <summary>A report was taken back.</summary>
    /// <param name="row">The row that says so.</param>
    /// <param name="problem">Why it could not be; null: it is taken back.</param>
    /// <param name="wasThere">False: there was none.</param>
    public void Withdraw(FileReport row, BadRequest.Types.FieldViolation? problem, bool wasThere = true)
    {
        if (problem is not null)
        {
            Refused++;
            troubled(row, RowVerdict.Rejected,
                [new(row.FirstLine, problem.Field, "", problem.Reason, Words.Of(problem.LocalizedMessage?.Message ?? problem.Description, problem.Description))]);
        }
        else if (wasThere)
        {
            Withdrawn++;
        }
        else
        {
            NotThere++;
        }
    }

    /// <summary>The connection, or the server, is away for a while.</summary>
    public void Broke(SendBreak trouble)
    {
        Breaks++;
        var (why, pause) = (Why(trouble.Cause), trouble.Pause.TotalSeconds);
        said(Words.Of(
            $"中断（{why}）；已入库 {Durable} 行，{pause:0.0} 秒后第 {trouble.Attempt} 次重试。",
            $"Interrupted ({why}); {Durable} rows are in; attempt {trouble.Attempt} in {pause:0.0} s."));
    }

    /// <summary>The server has less than it had acknowledged.</summary>
    public void Rewind(long expected) => said(Words.Of(
        $"服务器只有 {expected} 行，自该处重报。", $"The server stands at {expected} rows: sending again from there."));

    /// <summary>One line without the names of our own troubles.</summary>
    private static string Why(RpcException cause)
    {
        if (ServerFailure.Own(cause) is { } own)
            return own.Problem.ReplaceLineEndings(" ");
        // Where this side noticed it, the innermost exception says what happened.
        var inner = cause.Status.DebugException;
        while (inner?.InnerException is { } deeper)
            inner = deeper;
        return (inner?.Message ?? cause.Status.Detail).ReplaceLineEndings(" ");
    }

    private void Tell(FileReport row, RowResult result)
    {
        if (result.Outcome == RowOutcome.Rejected)
            troubled(row, RowVerdict.Rejected, Problems(row, result.Violations));
        else if (result.Warnings.Count > 0)
            troubled(row, RowVerdict.Warned, Problems(row, result.Warnings));
    }

    private ImmutableArray<FileProblem> Problems(FileReport row, IEnumerable<FieldViolation> violations) => [.. violations.Select(v => locate(row, v))];
}
