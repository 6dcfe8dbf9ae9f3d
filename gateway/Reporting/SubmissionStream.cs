using ClusterPulse.Facts;
using ClusterPulse.Gateway.Errors;
using ClusterPulse.Ingest;
using ClusterPulse.V1;
using Google.Rpc;
using Grpc.Core;
using Status = Google.Rpc.Status;

namespace ClusterPulse.Gateway.Reporting;

/// <summary>
/// One AppendReports stream. Batches are stored strictly one after the other, since rows of one enterprise must keep their order;
/// while one is stored the next is read already, and no further: a sender that is faster than the store waits.
/// </summary>
public sealed partial class SubmissionStream(BatchProcessor batches, Admission admission, IGrainFactory grains, ILogger logger)
{
    /// <summary>Answers until the sender is done.</summary>
    /// <param name="requests">Batches.</param>
    /// <param name="responses">Answers.</param>
    /// <param name="sender">The caller's name; null where it has none.</param>
    /// <param name="stopping">Reads no further batch; the one under way is stored and answered.</param>
    public async Task RunAsync(
        IAsyncStreamReader<AppendReportsRequest> requests, IServerStreamWriter<AppendReportsResponse> responses, string? sender,
        CancellationToken stopping)
    {
        using var reads = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        if (!await requests.MoveNext(reads.Token))
            return;
        var name = requests.Current.Submission;
        var intake = await OpenAsync(name, sender);
        var more = true;
        while (more)
        {
            var request = requests.Current;
            var reading = requests.MoveNext(reads.Token);
            try
            {
                var (receipt, error) = await AnswerAsync(intake, name, request, stopping);
                var response = new AppendReportsResponse { NextOffset = intake.NextOffset };
                if (error is null)
                    (response.Receipt, response.FlowHint) = (receipt, admission.Hint);
                else
                    response.Error = error;
                await responses.WriteAsync(response, CancellationToken.None);
                // The status says it too, for clients that look only there.
                if (error is not null)
                    throw error.ToRpcException();
            }
            catch
            {
                // The server uses a stream again for a later call, which must not meet a read of this one.
                await reads.CancelAsync();
                await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                throw;
            }
            more = await reading;
        }
    }

    private async Task<SubmissionIntake<Report>> OpenAsync(string name, string? sender)
    {
        var (bureau, id) = SubmissionName.Parse("submission", name);
        var intake = new SubmissionIntake<Report>(
            grains.GetGrain<ISubmissionGrain>(SubmissionName.Key(bureau, id)),
            (offset, reports, skip) => batches.StoreAsync(bureau, id, offset, reports, skip, sender));
        return await intake.RefreshAsync()
            ? intake
            : throw RichErrors.NotFound(name, "Create it with CreateSubmission first.", "请先以 CreateSubmission 创建。");
    }

    private async Task<(Receipt? Receipt, Status? Error)> AnswerAsync(
        SubmissionIntake<Report> intake, string name, AppendReportsRequest request, CancellationToken stopping)
    {
        if (request.Submission.Length > 0 && request.Submission != name)
            throw RichErrors.Invalid(new Violation("submission", request.Submission, Reasons.MalformedSubmission));
        if (BatchProcessor.TooLarge(request.Reports.Count, request) is { } tooLarge)
            return (null, tooLarge);
        using var place = await admission.EnterAsync(stopping);
        try
        {
            var (taken, receipt) = await intake.TakeAsync(request.Offset, request.Reports);
            return taken switch
            {
                Taken.Beyond => (null, RichErrors.OutOfRange(request.Offset, intake.NextOffset)),
                Taken.Closed => throw RichErrors.Conflict(
                    Code.FailedPrecondition, $"{name} takes no more rows. Create another submission.", $"{name} 已不再接收数据，请另建报送批次。"),
                _ => (receipt!.ToMessage(name, replayed: taken == Taken.Replayed), null),
            };
        }
        catch (Exception e) when (RichErrors.IsTransient(e))
        {
            LogNotStored(name, request.Offset, e);
            return (null, RichErrors.Unavailable("The batch could not be stored", "本批未能入库"));
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Submission}: the batch at row {Offset} could not be stored")]
    private partial void LogNotStored(string submission, long offset, Exception exception);
}
