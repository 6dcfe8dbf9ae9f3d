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
public sealed partial class SubmissionStream(
    BatchProcessor batches, Func<string, string, Task<Facts.Submission>> find, Func<string, string, ISubmissionGrain> grain, ILogger logger)
{
    private static readonly FlowHint Hint = new() { RowsPerMessage = 2_000 };

    private string _bureau = "";
    private string _id = "";
    private long _next;

    public async Task RunAsync(
        IAsyncStreamReader<AppendReportsRequest> requests, IServerStreamWriter<AppendReportsResponse> responses, CancellationToken cancellation)
    {
        if (!await requests.MoveNext(cancellation))
            return;
        (_bureau, _id) = SubmissionName.Parse("submission", requests.Current.Submission);
        var submission = await find(_bureau, _id);
        if (submission.State != SubmissionState.Open)
            throw RichErrors.Conflict(Code.FailedPrecondition, $"{requests.Current.Submission} takes no more rows. Create another submission.");
        _next = submission.NextOffset;
        var more = true;
        while (more)
        {
            var request = requests.Current;
            var reading = requests.MoveNext(cancellation);
            var (receipt, error) = await AnswerAsync(request);
            await responses.WriteAsync(
                error is null
                    ? new() { Receipt = receipt, NextOffset = _next, FlowHint = Hint }
                    : new() { Error = error, NextOffset = _next },
                cancellation);
            if (error is not null)
            {
                // The status says it too, for clients that look only there.
                throw error.ToRpcException();
            }
            more = await reading;
        }
    }

    private async Task<(Receipt? Receipt, Status? Error)> AnswerAsync(AppendReportsRequest request)
    {
        if (request.Reports.Count > BatchProcessor.MostRows || request.CalculateSize() > BatchProcessor.MostBytes)
        {
            return (null, new()
            {
                Code = (int)Code.InvalidArgument,
                Message = $"A message has at most {BatchProcessor.MostRows} reports and {BatchProcessor.MostBytes >> 20} MiB; this one has {request.Reports.Count} and {request.CalculateSize()} bytes. Send smaller ones.",
            });
        }
        if (request.Offset > _next || request.Offset < 0)
            return (null, RichErrors.OutOfRange(request.Offset, _next));
        try
        {
            if (request.Offset < _next && await grain(_bureau, _id).FindReceiptAsync(request.Offset) is { } stored
                && stored.Count == request.Reports.Count)
            {
                return (stored.ToMessage(replayed: true), null);
            }
            // Rows before the next offset are durable, however the sender groups them now.
            var skip = (int)Math.Min(_next - request.Offset, request.Reports.Count);
            if (skip == request.Reports.Count)
                return (new() { Offset = request.Offset, Duplicate = skip, Replayed = true }, null);
            var receipt = await batches.StoreAsync(_bureau, _id, _next, request.Reports, skip);
            _next = receipt.Offset + receipt.Count;
            return (receipt.ToMessage(), null);
        }
        catch (Exception e) when (RichErrors.IsTransient(e))
        {
            LogNotStored(_bureau, _id, request.Offset, e);
            return (null, RichErrors.Unavailable("The batch could not be stored"));
        }
    }

    [LoggerMessage(LogLevel.Warning, "bureaus/{Bureau}/submissions/{Submission}: the batch at row {Offset} could not be stored")]
    private partial void LogNotStored(string bureau, string submission, long offset, Exception exception);
}
