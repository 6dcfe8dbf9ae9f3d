using ClusterPulse.Enterprises;
using ClusterPulse.Facts;
using ClusterPulse.Gateway.Errors;
using ClusterPulse.Ingest;
using ClusterPulse.V1;
using Google.Rpc;
using Grpc.Core;

namespace ClusterPulse.Gateway.Reporting;

/// <summary>ReportingService.</summary>
public sealed class ReportingEndpoint(BatchProcessor batches, IGrainFactory grains, IHostApplicationLifetime lifetime, ILogger<SubmissionStream> logger)
    : ReportingService.ReportingServiceBase
{
    public override async Task<V1.Submission> CreateSubmission(CreateSubmissionRequest request, ServerCallContext context)
    {
        var bureau = SubmissionName.Bureau("parent", request.Parent);
        var id = SubmissionName.Id("submission_id", request.SubmissionId);
        var sha256 = request.Submission?.Sha256 is { Length: > 0 } given ? given : null;
        var submission = await Transient(() => Grain(bureau, id).CreateAsync(sha256));
        if (sha256 is not null && submission.Sha256 is not null && submission.Sha256 != sha256)
            throw RichErrors.Conflict(Code.AlreadyExists, $"{request.Parent}/submissions/{id} exists with another sha256. Choose another id for another file.");
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
        return (await Transient(() => Grain(bureau, id).FinalizeAsync())).ToMessage();
    }

    public override async Task AppendReports(
        IAsyncStreamReader<AppendReportsRequest> requestStream, IServerStreamWriter<AppendReportsResponse> responseStream, ServerCallContext context)
    {
        // Kestrel waits for open streams when it stops: end them then.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        await new SubmissionStream(batches, FindAsync, Grain, logger).RunAsync(requestStream, responseStream, ending.Token);
    }

    public override async Task<BatchCreateReportsResponse> BatchCreateReports(BatchCreateReportsRequest request, ServerCallContext context)
    {
        var bureau = SubmissionName.Bureau("parent", request.Parent);
        if (request.Reports.Count > BatchProcessor.MostRows)
            throw RichErrors.Conflict(Code.InvalidArgument, $"{request.Reports.Count} reports; a batch has at most {BatchProcessor.MostRows}.");
        if (request.ValidateOnly)
            return new() { Receipt = batches.Check(request.Reports).ToMessage() };
        var id = request.RequestId.Length > 0 ? SubmissionName.Id("request_id", "request-" + request.RequestId) : $"request-{Guid.NewGuid():n}";
        var submission = await Transient(() => Grain(bureau, id).CreateAsync(null));
        if (submission.NextOffset > 0)
            return new() { Receipt = (await Grain(bureau, id).FindReceiptAsync(0))!.ToMessage(replayed: true) };
        var receipt = await Transient(() => batches.StoreAsync(bureau, id, 0, request.Reports, skip: 0));
        return new() { Receipt = receipt.ToMessage() };
    }

    public override async Task<WithdrawReportResponse> WithdrawReport(WithdrawReportRequest request, ServerCallContext context)
    {
        var bureau = SubmissionName.Bureau("bureau", request.Bureau);
        var (enterprise, key) = ReportName.Parse("name", request.Name);
        if (request.Reason.Length == 0)
            throw RichErrors.Invalid(new Violation("reason", "", Reasons.MissingField));
        var revision = await Transient(() => grains.GetGrain<IEnterpriseGrain>(enterprise).WithdrawAsync(key, bureau, request.Reason).AsTask());
        return revision == 0
            ? throw RichErrors.NotFound(request.Name, "There is no such report to take back.")
            : new() { Revision = revision };
    }

    private ISubmissionGrain Grain(string bureau, string id) => grains.GetGrain<ISubmissionGrain>(SubmissionName.Key(bureau, id));

    private async Task<Facts.Submission> FindAsync(string bureau, string id) =>
        await Transient(() => Grain(bureau, id).GetAsync())
        ?? throw RichErrors.NotFound($"bureaus/{bureau}/submissions/{id}", "Create it with CreateSubmission first.");

    private static async Task<T> Transient<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception e) when (RichErrors.IsTransient(e))
        {
            throw RichErrors.Unavailable("The store does not answer").ToRpcException();
        }
    }
}
