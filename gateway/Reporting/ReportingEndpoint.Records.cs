using ClusterPulse.Facts;
using ClusterPulse.Gateway.Errors;
using ClusterPulse.Gateway.Registry;
using ClusterPulse.Ingest;
using ClusterPulse.V1;
using ClusterPulse.Validation;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace ClusterPulse.Gateway.Reporting;

/// <content>What was sent: submissions, receipts, rejections, reports and their history.</content>
public sealed partial class ReportingEndpoint
{
    /// <summary>Receipts that are read at once for their rows: each may have 5,000.</summary>
    private const int ReceiptsAtOnce = 4;

    private IRecordsGrain Records => grains.GetGrain<IRecordsGrain>(0);

    public override async Task<ListSubmissionsResponse> ListSubmissions(ListSubmissionsRequest request, ServerCallContext context)
    {
        var bureau = SubmissionName.Bureau("parent", request.Parent);
        var size = PageTokens.Size(request.PageSize);
        var after = PageTokens.Parse(request.PageToken, 2);
        var found = await Records.ListSubmissionsAsync(new()
        {
            Bureau = bureau,
            State = request.State == V1.Submission.Types.State.Unspecified ? null : RecordMessages.State(request.State)
                ?? throw RichErrors.Invalid(new Violation("state", request.State.ToString(), Reasons.OutOfBounds)),
            BeforeCreated = after is null
                ? null
                : new DateTimeOffset(PageTokens.Number(request.PageToken, after[0], DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero),
            BeforeId = after is null ? "" : after[1],
            Limit = size + 1,
        });
        var response = new ListSubmissionsResponse();
        response.Submissions.AddRange(found.Take(size).Select(s => s.ToMessage()));
        if (found.Length > size)
            response.NextPageToken = PageTokens.Of(found[size - 1].Created.UtcTicks, found[size - 1].Id);
        return response;
    }

    public override async Task<Receipt> GetReceipt(GetReceiptRequest request, ServerCallContext context)
    {
        var (bureau, id, offset) = SubmissionName.ParseReceipt("name", request.Name);
        return await Grain(bureau, id).FindReceiptAsync(offset) is { } receipt
            ? RecordMessages.Stored(bureau, id, receipt)
            : throw RichErrors.NotFound(request.Name, "ListReceipts shows those there are.", "现有回执见 ListReceipts。");
    }

    public override async Task<ListReceiptsResponse> ListReceipts(ListReceiptsRequest request, ServerCallContext context)
    {
        var (bureau, submission) = await ParentAsync(request.Parent);
        var size = PageTokens.Size(request.PageSize);
        var from = PageTokens.Parse(request.PageToken, 2);
        var found = await Records.ListReceiptsAsync(new()
        {
            Bureau = bureau,
            Submission = submission,
            FromSubmission = from is null ? "" : from[0],
            FromOffset = from is null ? 0 : PageTokens.Number(request.PageToken, from[1]),
            Limit = size + 1,
        });
        var response = new ListReceiptsResponse();
        response.Receipts.AddRange(found.Take(size).Select(r => RecordMessages.Stored(r.Bureau, r.Submission, r.Receipt)));
        if (found.Length > size)
            response.NextPageToken = PageTokens.Of(found[size].Submission, found[size].Receipt.Offset);
        return response;
    }

    public override async Task<ListRejectionsResponse> ListRejections(ListRejectionsRequest request, ServerCallContext context)
    {
        var (bureau, submission) = await ParentAsync(request.Parent);
        var size = PageTokens.Size(request.PageSize);
        var from = PageTokens.Parse(request.PageToken, 3);
        var query = new ReceiptQuery
        {
            Bureau = bureau,
            Submission = submission,
            FromSubmission = from is null ? "" : from[0],
            FromOffset = from is null ? 0 : PageTokens.Number(request.PageToken, from[1]),
            Rejected = true,
            Warned = request.ShowWarned,
            WithRows = true,
            Limit = ReceiptsAtOnce,
        };
        // Rows of the first receipt that were listed already.
        var before = from is null ? 0 : PageTokens.Number(request.PageToken, from[2]);
        var response = new ListRejectionsResponse();
        while (true)
        {
            var receipts = await Records.ListReceiptsAsync(query);
            foreach (var (_, id, receipt) in receipts)
            {
                foreach (var row in receipt.Rows)
                {
                    if (row.Row < before && id == query.FromSubmission && receipt.Offset == query.FromOffset)
                        continue;
                    if (row.Outcome != Facts.RowOutcome.Rejected && !(request.ShowWarned && row.Warnings.Length > 0))
                        continue;
                    if (response.Rejections.Count == size)
                    {
                        response.NextPageToken = PageTokens.Of(id, receipt.Offset, row.Row);
                        return response;
                    }
                    response.Rejections.Add(new Rejection
                    {
                        Submission = SubmissionName.Of(bureau, id),
                        Result = row.ToMessage(),
                        CommitTime = receipt.CommitTime.ToTimestamp(),
                    });
                }
            }
            if (receipts.Length < ReceiptsAtOnce)
                return response;
            var last = receipts[^1];
            (query, before) = (query with { FromSubmission = last.Submission, FromOffset = last.Receipt.Offset + 1 }, 0);
        }
    }

    public override async Task<ReportRevision> GetReport(GetReportRequest request, ServerCallContext context)
    {
        var (enterprise, key) = ReportName.Parse("name", request.Name);
        var asOf = Moments.Optional("as_of", request.AsOf);
        var found = await Records.ListReportsAsync(new()
        {
            Enterprise = enterprise,
            Feed = key.Feed,
            Since = key.Period,
            Until = key.Period,
            AsOf = asOf,
            Limit = 1,
        });
        return found is [var report, ..]
            ? report.ToMessage(enterprise, asOf)
            : throw RichErrors.NotFound(request.Name, "ListReports shows those there are.", "现有报表见 ListReports。");
    }

    public override async Task<ListReportsResponse> ListReports(ListReportsRequest request, ServerCallContext context)
    {
        var (enterprise, reason) = EnterpriseName.Parse(request.Parent);
        if (enterprise is null)
            throw RichErrors.Invalid(new Violation("parent", request.Parent, reason!));
        var asOf = Moments.Optional("as_of", request.AsOf);
        var size = PageTokens.Size(request.PageSize);
        var query = After(request.PageToken, new ReportQuery
        {
            Enterprise = enterprise,
            Feed = request.Feed == V1.Feed.Unspecified ? null : Vocabulary.Feed(request.Feed)
                ?? throw RichErrors.Invalid(new Violation("feed", request.Feed.ToString(), Reasons.UnknownFeed)),
            Since = Months.Optional("start", request.Start),
            Until = Months.Optional("end", request.End),
            AsOf = asOf,
            Limit = size + 1,
        });
        var found = await Records.ListReportsAsync(query);
        var response = new ListReportsResponse { NextPageToken = found.Length > size ? Token(found[size - 1]) : "" };
        response.Reports.AddRange(found.Take(size).Select(r => r.ToMessage(enterprise, asOf)));
        return response;
    }

    public override async Task<ListReportRevisionsResponse> ListReportRevisions(ListReportRevisionsRequest request, ServerCallContext context)
    {
        var (enterprise, key) = ReportName.Parse("name", request.Name);
        var size = PageTokens.Size(request.PageSize);
        var query = After(request.PageToken, new ReportQuery
        {
            Enterprise = enterprise,
            Feed = key.Feed,
            Since = key.Period,
            Until = key.Period,
            AllRevisions = true,
            Limit = size + 1,
        });
        var found = await Records.ListReportsAsync(query);
        if (found.IsEmpty && request.PageToken.Length == 0)
            throw RichErrors.NotFound(request.Name, "ListReports shows those there are.", "现有报表见 ListReports。");
        var response = new ListReportRevisionsResponse { NextPageToken = found.Length > size ? Token(found[size - 1]) : "" };
        response.Revisions.AddRange(found.Take(size).Select(r => r.ToMessage(enterprise, null)));
        return response;
    }

    private static ReportQuery After(string token, ReportQuery query) => PageTokens.Parse(token, 4) is { } after
        ? query with
        {
            AfterFeed = after[0], AfterPeriod = after[1], AfterRevision = (int)PageTokens.Number(token, after[2], int.MaxValue), AfterAside = after[3],
        }
        : query;

    private static string Token(ReportRecord last)
    {
        var after = new ReportQuery { Enterprise = "" }.After(last);
        return PageTokens.Of(after.AfterFeed, after.AfterPeriod, after.AfterRevision, after.AfterAside);
    }

    /// <summary>The bureau, and the submission where one is named.</summary>
    private async Task<(string Bureau, string? Submission)> ParentAsync(string parent)
    {
        var (bureau, id) = SubmissionName.Parse("parent", parent);
        if (id == SubmissionName.Any)
            return (bureau, null);
        await FindAsync(bureau, id);
        return (bureau, id);
    }
}
