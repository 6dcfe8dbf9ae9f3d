using System.Globalization;
using ClusterPulse.Cli.Files;
using ClusterPulse.Cli.Language;
using ClusterPulse.Cli.Server;
using ClusterPulse.Ingest;
using ClusterPulse.V1;
using Google.Rpc;
using Grpc.Core;

namespace ClusterPulse.Cli.Sending;

/// <summary>How a file was sent.</summary>
internal enum SendEnd
{
    /// <summary>All of it is in, by this run or by this and earlier ones.</summary>
    Sent,

    /// <summary>It had been sent before.</summary>
    SentBefore,

    /// <summary>It had been sent before and was taken back.</summary>
    WithdrawnBefore,
}

/// <summary>
/// Sends a file as one submission, so that each of its rows is stored once: whatever breaks is begun again where the server stands, by this
/// run or by a later one.
/// </summary>
/// <param name="client">The service.</param>
/// <param name="patience">How long it waits for what.</param>
/// <param name="tally">Hears of everything that becomes of rows.</param>
/// <param name="time">The clock.</param>
internal sealed class ReportSender(ReportingService.ReportingServiceClient client, SendPatience patience, SendTally tally, TimeProvider time)
{
    /// <summary>Batches on their way at the same time. The server stores one and holds the next; two more hide the way there and back.</summary>
    public const int Window = 4;

    private readonly SendRetry _retry = new(patience, time, tally.Broke);

    /// <summary>The submission as the server has it.</summary>
    public Submission? Submission { get; private set; }

    /// <summary>Rows that are durable, as far as it is known.</summary>
    public long Durable { get; private set; }

    /// <summary>Begins the submission, or finds it.</summary>
    /// <param name="bureau">Who sends, <c>bureaus/{bureau}</c>.</param>
    /// <param name="file">What.</param>
    /// <param name="again">A submission of this file that was withdrawn is passed over.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<SendEnd> OpenAsync(string bureau, SubmissionFile file, bool again, CancellationToken cancellation)
    {
        for (var times = 0; ; times++)
        {
            var request = new CreateSubmissionRequest { Parent = bureau, SubmissionId = file.Id(times), Submission = new() { Sha256 = file.Sha256 } };
            Submission = await CallAsync(options => client.CreateSubmissionAsync(request, options), cancellation);
            Durable = Submission.NextOffset;
            switch (Submission.State)
            {
                case Submission.Types.State.Finalized:
                    return SendEnd.SentBefore;
                case Submission.Types.State.Withdrawn when again:
                    continue;
                case Submission.Types.State.Withdrawn:
                    return SendEnd.WithdrawnBefore;
                default:
                    return SendEnd.Sent;
            }
        }
    }

    /// <summary>Sends what the submission does not have yet, and finalizes it.</summary>
    /// <param name="open">The file from its beginning; it may be asked for again.</param>
    /// <param name="reason">Why reports are taken back that the file says to.</param>
    /// <param name="cancellation">Ends it; what is acknowledged stays.</param>
    public async Task SendAsync(Func<IAsyncEnumerable<FileReport>> open, string reason, CancellationToken cancellation)
    {
        var submission = Submission ?? throw new InvalidOperationException("Open the submission first.");
        while (true)
        {
            try
            {
                await PassAsync(submission.Name, open(), reason, cancellation);
                break;
            }
            catch (RpcException e) when (ExpectedOffset(e) is { } expected)
            {
                // The server has less than it acknowledged to this run: it was set back to an older state. Go on from there.
                Durable = expected;
                tally.Rewind(expected);
            }
        }
        Submission = await CallAsync(options => client.FinalizeSubmissionAsync(new() { Name = submission.Name }, options), cancellation);
    }

    /// <summary>Says again what became of the rows of a submission that is finalized; sends nothing.</summary>
    public Task ReviewAsync(Func<IAsyncEnumerable<FileReport>> open, CancellationToken cancellation) =>
        PassAsync(Submission!.Name, open(), "", cancellation);

    private async Task PassAsync(string submission, IAsyncEnumerable<FileReport> rows, string reason, CancellationToken cancellation)
    {
        var earlier = new EarlierRejections(request => CallAsync(options => client.ListRejectionsAsync(request, options), cancellation), submission);
        await using var source = new BatchSource(rows, Durable, tally.Refuse, async (number, row) => tally.Pass(number, row, await earlier.FindAsync(number)));
        tally.Begin(Durable);
        using var window = new SendWindow(Window);
        var stream = new AppendStream(client, submission, window, patience, time, (batch, receipt) =>
        {
            Durable = batch.End;
            _retry.Progress();
            tally.Answer(batch, receipt);
        });
        while (await source.PeekAsync(cancellation) is { } step)
        {
            if (step is SendWithdrawal withdrawal)
            {
                await WithdrawAsync(submission, withdrawal, reason, cancellation);
                source.Take();
                continue;
            }
            await _retry.RunAsync(
                async token =>
                {
                    await stream.RunAsync(source, token);
                    return true;
                },
                () => window.Answers,
                cancellation);
        }
        if (source.Numbered > Durable)
            throw new InvalidOperationException($"{source.Numbered} rows were numbered, but only {Durable} are durable.");
        if (source.Numbered < Durable)
        {
            throw new CommandFailure(
                Words.Of($"{submission} 已有 {Durable} 行，但文件中只读出 {source.Numbered} 行。", $"{submission} holds {Durable} rows, but only {source.Numbered} can be read from the file."),
                Words.Of("文件在报送中被改动，或命令版本不同。请用原文件重报。", "The file was changed while it was sent, or another version of the command began it. Send it again as it was."));
        }
    }

    private async Task WithdrawAsync(string submission, SendWithdrawal withdrawal, string reason, CancellationToken cancellation)
    {
        var request = new WithdrawReportRequest { Name = withdrawal.Name, Bureau = submission[..submission.IndexOf("/submissions/", StringComparison.Ordinal)], Reason = reason };
        try
        {
            await CallAsync(options => client.WithdrawReportAsync(request, options), cancellation);
            tally.Withdraw(withdrawal.Row, problem: null);
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.NotFound)
        {
            // Also where a run that was broken off has taken it back already.
            tally.Withdraw(withdrawal.Row, problem: null, wasThere: false);
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.InvalidArgument && e.GetRpcStatus()?.GetDetail<BadRequest>() is { } wrong)
        {
            tally.Withdraw(withdrawal.Row, wrong.FieldViolations[0]);
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.FailedPrecondition)
        {
            tally.Withdraw(withdrawal.Row, new()
            {
                Field = "enterprise", Reason = Reasons.AnotherBureauCounts, Description = e.Status.Detail,
                LocalizedMessage = e.GetRpcStatus()?.GetDetail<LocalizedMessage>(),
            });
        }
        _retry.Progress();
    }

    private Task<T> CallAsync<T>(Func<CallOptions, AsyncUnaryCall<T>> call, CancellationToken cancellation) => _retry.RunAsync(
        async token =>
        {
            try
            {
                return await call(new(deadline: time.GetUtcNow().UtcDateTime + patience.Call, cancellationToken: token));
            }
            catch (RpcException) when (cancellation.IsCancellationRequested)
            {
                throw new OperationCanceledException(cancellation);
            }
        },
        () => 0,
        cancellation);

    private static long? ExpectedOffset(RpcException e) =>
        e.StatusCode == StatusCode.OutOfRange && e.GetRpcStatus()?.GetDetail<ErrorInfo>() is { } info
            && info.Metadata.TryGetValue("expected_offset", out var text) && long.TryParse(text, CultureInfo.InvariantCulture, out var offset)
            ? offset
            : null;
}
