using ClusterPulse.Access;
using ClusterPulse.Enterprises;
using ClusterPulse.Facts;
using ClusterPulse.Gateway.Errors;
using ClusterPulse.Ingest;
using ClusterPulse.V1;
using ClusterPulse.Validation;
using Google.Rpc;
using Grpc.Core;

namespace ClusterPulse.Gateway.Reporting;

/// <summary>ReportingService.</summary>
public sealed partial class ReportingEndpoint(
    BatchProcessor batches, Admission admission, IGrainFactory grains, IHostApplicationLifetime lifetime, TimeProvider time,
    ILogger<SubmissionStream> logger)
    : ReportingService.ReportingServiceBase
{
    private const int LongestReason = 1_000;
    private const int ChecksumDigits = 64;

    /// <summary>A call that takes a submission back answers by then with how far it has come.</summary>
    private static readonly TimeSpan LongestWithdrawal = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan LeftForAnswer = TimeSpan.FromSeconds(2);

    public override async Task<V1.Submission> CreateSubmission(CreateSubmissionRequest request, ServerCallContext context)
    {
        var bureau = SubmissionName.Bureau("parent", request.Parent);
        var id = SubmissionName.NewId("submission_id", request.SubmissionId);
        var sha256 = request.Submission?.Sha256 is { Length: > 0 } given ? given.ToLowerInvariant() : null;
        if (sha256 is not null && (sha256.Length != ChecksumDigits || !sha256.All(char.IsAsciiHexDigitLower)))
            throw RichErrors.Invalid(new Violation("submission.sha256", sha256, Reasons.MalformedChecksum));
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
        await new SubmissionStream(batches, admission, grains, logger).RunAsync(requestStream, responseStream, Sender(context), ending.Token);
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
        var name = SubmissionName.Of(bureau, id);
        if (await batches.StoreWholeAsync(bureau, id, request.Reports, Sender(context)) is { } whole)
            return new() { Receipt = whole.ToMessage(name) };
        await Grain(bureau, id).CreateAsync(null);
        var intake = new SubmissionIntake<Report>(
            Grain(bureau, id), (offset, reports, skip) => batches.StoreAsync(bureau, id, offset, reports, skip, Sender(context)));
        await intake.RefreshAsync();
        if (intake.NextOffset > 0 && await Grain(bureau, id).FindReceiptAsync(0) is { } first)
            return new() { Receipt = first.ToMessage(name, replayed: true) };
        var (taken, receipt) = await intake.TakeAsync(0, request.Reports);
        return receipt is not null
            ? new() { Receipt = receipt.ToMessage(name, replayed: taken == Taken.Replayed) }
            : throw RichErrors.Conflict(
                Code.FailedPrecondition, $"request_id {request.RequestId} belongs to a submission that takes no more rows.",
                $"request_id {request.RequestId} 所属报送批次已不再接收数据。");
    }

    public override async Task<WithdrawReportResponse> WithdrawReport(WithdrawReportRequest request, ServerCallContext context)
    {
        var bureau = SubmissionName.Bureau("bureau", request.Bureau);
        var (enterprise, key) = ReportName.Parse("name", request.Name);
        CheckReason(request.Reason);
        var grain = grains.GetGrain<IEnterpriseGrain>(enterprise);
        // Where nobody need say who he is, no bureau is nearer than another.
        var revision = context.GetHttpContext().Caller() is { IsTrial: false } caller
            ? await grain.WithdrawWithinAsync(key, bureau, caller.DivisionCodes, request.Reason)
            : await grain.WithdrawAsync(key, bureau, request.Reason);
        return revision switch
        {
            0 => throw RichErrors.NotFound(request.Name, "There is no such report to take back.", "没有可撤回的报表。"),
            IEnterpriseGrain.AnotherBureauCounts => throw RichErrors.Conflict(
                Code.FailedPrecondition,
                $"{request.Name}: the report of a bureau that is nearer, or that the centre chose, counts; {request.Bureau} has none to take back. Ask that bureau or the centre.",
                $"{request.Name} 以更近一级或中心指定机构的报表为准，{request.Bureau} 没有可撤回的报表。请联系该机构或监测中心。"),
            _ => new() { Revision = revision },
        };
    }

    public override async Task<ReportRevision> ChooseReport(ChooseReportRequest request, ServerCallContext context)
    {
        var (enterprise, key) = ReportName.Parse("name", request.Name);
        var bureau = request.Bureau.Length == 0 ? "" : SubmissionName.Bureau("bureau", request.Bureau);
        CheckReason(request.Reason);
        var choice = new ReportChoice(bureau, context.GetHttpContext().Caller().Id, request.Reason);
        if (await grains.GetGrain<IEnterpriseGrain>(enterprise).ChooseAsync(key, choice) is not { } chosen)
        {
            throw bureau.Length == 0
                ? RichErrors.NotFound(request.Name, "No report counts, so no decision is to be ended.", "没有计入的报表，无需结束指定。")
                : RichErrors.NotFound(
                    request.Name, $"{request.Bureau} has sent no such report, or took it back. ListReportRevisions shows who sent what.",
                    $"{request.Bureau} 未报送该报表或已撤回。各机构的报送见 ListReportRevisions。");
        }
        // Whoever took the submission back meanwhile may have looked for its reports before this one counted.
        var submission = Grain(chosen.Origin.Bureau, chosen.Origin.Submission);
        if (await submission.GetAsync() is { State: SubmissionState.Withdrawn })
            await submission.RestartWithdrawalAsync();
        return await GetReport(new() { Name = request.Name }, context);
    }

    public override async Task<V1.Submission> WithdrawSubmission(WithdrawSubmissionRequest request, ServerCallContext context)
    {
        var (bureau, id) = SubmissionName.Parse("name", request.Name);
        CheckReason(request.Reason);
        await FindAsync(bureau, id);
        var started = time.GetTimestamp();
        var submission = await Grain(bureau, id).WithdrawAsync(bureau, request.Reason);
        while (submission.Withdrawal is { Finished: null } && time.GetElapsedTime(started) < LongestWithdrawal
            && context.Deadline - time.GetUtcNow().UtcDateTime > LeftForAnswer && !context.CancellationToken.IsCancellationRequested
            && !lifetime.ApplicationStopping.IsCancellationRequested)
        {
            submission = (await Grain(bureau, id).ContinueWithdrawalAsync())!;
        }
        return submission.ToMessage();
    }

    private static void CheckReason(string reason)
    {
        if (reason.Length == 0)
            throw RichErrors.Invalid(new Violation("reason", "", Reasons.MissingField));
        if (reason.Length > LongestReason)
            throw RichErrors.Invalid(new Violation("reason", $"{reason.Length} characters", Reasons.TooLong));
        if (PlainText.FirstBad(reason) is { } bad)
            throw RichErrors.Invalid(new Violation("reason", bad, Reasons.BadCharacter));
    }

    /// <summary>Null where callers need not say who they are.</summary>
    private static string? Sender(ServerCallContext context) => context.GetHttpContext().Caller() is { IsTrial: false } caller ? caller.Id : null;

    private ISubmissionGrain Grain(string bureau, string id) => grains.GetGrain<ISubmissionGrain>(SubmissionName.Key(bureau, id));

    private async Task<Facts.Submission> FindAsync(string bureau, string id) =>
        await Grain(bureau, id).GetAsync()
        ?? throw RichErrors.NotFound(SubmissionName.Of(bureau, id), "Create it with CreateSubmission first.", "请先以 CreateSubmission 创建。");
}
