using ClusterPulse.Enterprises;
using ClusterPulse.Facts;
using ClusterPulse.Gateway.Errors;
using ClusterPulse.Ingest;
using ClusterPulse.V1;
using Google.Rpc;
using Grpc.Core;

namespace ClusterPulse.Gateway.Reporting;

/// <summary>ReportingService.</summary>
public sealed class ReportingEndpoint(BatchProcessor batches, Admission admission, IGrainFactory grains, IHostApplicationLifetime lifetime, ILogger<SubmissionStream> logger)
    : ReportingService.ReportingServiceBase
{
    public override async Task<V1.Submission> CreateSubmission(CreateSubmissionRequest request, ServerCallContext context)
    {
        var bureau = SubmissionName.Bureau("parent", request.Parent);
        var id = SubmissionName.Id("submission_id", request.SubmissionId);
        var sha256 = request.Submission?.Sha256 is { Length: > 0 } given ? given : null;
        var submission = await Grain(bureau, id).CreateAsync(sha256);
        if (sha256 is not null && submission.Sha256 is not null && submission.Sha256 != sha256)
        {
            throw RichErrors.Conflict(
                Code.AlreadyExists,
                $"{request.Parent}/submissions/{id} exists with another sha256. Choose another id for another file.",
                $"{request.Parent}/submissions/{id} 已存在且 sha256 不同。另一文件请另选标识。");
        }
        return submission.ToMessage();
    }

    public override async Task<V1.Submission> GetSubmission(GetSubmissionRequest request, ServerCallContext context)
    {
        var (bureau, id) = SubmissionName.Parse("name", request.Name);
        return (await FindAsync(bureau, id)).ToMessage();
    }

    public override async Task<V1.Submission> FinalizeSubmission(FinalizeSubmissionRequest request, ServerCallContext context)
    {
        var (bureau, id) = SubmissionName.Parse("name", request.Name);
        await FindAsync(bureau, id);
        return (await Grain(bureau, id).FinalizeAsync()).ToMessage();
    }

    public override async Task AppendReports(
        IAsyncStreamReader<AppendReportsRequest> requestStream, IServerStreamWriter<AppendReportsResponse> responseStream, ServerCallContext context)
    {
        admission.ThrowIfFull();
        // Kestrel waits for open streams when it stops: end them then.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        await new SubmissionStream(batches, admission, grains, logger).RunAsync(requestStream, responseStream, ending.Token);
    }

    public override async Task<BatchCreateReportsResponse> BatchCreateReports(BatchCreateReportsRequest request, ServerCallContext context)
    {
        var bureau = SubmissionName.Bureau("parent", request.Parent);
        if (BatchProcessor.TooLarge(request.Reports.Count, request) is { } tooLarge)
            throw tooLarge.ToRpcException();
        if (request.Reports.Count == 0)
            throw RichErrors.Invalid(new Violation("reports", "", Reasons.MissingField));
        if (request.ValidateOnly)
            return new() { Receipt = batches.Check(request.Reports).ToMessage() };
        admission.ThrowIfFull();
        using var place = await admission.EnterAsync(context.CancellationToken);
        var id = SubmissionName.OfRequest(request.RequestId.Length > 0 ? request.RequestId : Guid.CreateVersion7().ToString("n"));
        await Grain(bureau, id).CreateAsync(null);
        var intake = new SubmissionIntake<Report>(Grain(bureau, id), (offset, reports, skip) => batches.StoreAsync(bureau, id, offset, reports, skip));
        await intake.RefreshAsync();
        if (intake.NextOffset > 0 && await Grain(bureau, id).FindReceiptAsync(0) is { } first)
            return new() { Receipt = first.ToMessage(replayed: true) };
        var (taken, receipt) = await intake.TakeAsync(0, request.Reports);
        return receipt is not null
            ? new() { Receipt = receipt.ToMessage(replayed: taken == Taken.Replayed) }
            : throw RichErrors.Conflict(
                Code.FailedPrecondition, $"request_id {request.RequestId} belongs to a submission that takes no more rows.",
                $"request_id {request.RequestId} 所属报送批次已不再接收数据。");
    }

    public override async Task<WithdrawReportResponse> WithdrawReport(WithdrawReportRequest request, ServerCallContext context)
    {
        var bureau = SubmissionName.Bureau("bureau", request.Bureau);
        var (enterprise, key) = ReportName.Parse("name", request.Name);
        if (request.Reason.Length == 0)
            throw RichErrors.Invalid(new Violation("reason", "", Reasons.MissingField));
        var revision = await grains.GetGrain<IEnterpriseGrain>(enterprise).WithdrawAsync(key, bureau, request.Reason);
        return revision == 0
            ? throw RichErrors.NotFound(request.Name, "There is no such report to take back.", "没有可撤回的报表。")
            : new() { Revision = revision };
    }

    private ISubmissionGrain Grain(string bureau, string id) => grains.GetGrain<ISubmissionGrain>(SubmissionName.Key(bureau, id));

    private async Task<Facts.Submission> FindAsync(string bureau, string id) =>
        await Grain(bureau, id).GetAsync()
        ?? throw RichErrors.NotFound($"bureaus/{bureau}/submissions/{id}", "Create it with CreateSubmission first.", "请先以 CreateSubmission 创建。");
}
