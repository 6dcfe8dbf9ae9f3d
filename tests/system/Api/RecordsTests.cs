using System.Security.Cryptography;
using ClusterPulse.SystemTests.Support;
using ClusterPulse.V1;
using Google.Protobuf;
using Grpc.Core;
using Xunit;

namespace ClusterPulse.SystemTests.Api;

/// <summary>What a bureau can look up, and take back, over the wire.</summary>
[Collection(GatewayCollection.Name)]
public sealed class RecordsTests : IAsyncLifetime
{
    private readonly GatewayProcess _gateway;
    private readonly OwnGround _ground;
    private readonly ReportingService.ReportingServiceClient _reporting;
    private readonly IndicatorService.IndicatorServiceClient _indicators;

    public RecordsTests(RunningGateway running)
    {
        (_gateway, _ground) = (running.Gateway, running.NextGround());
        (_reporting, _indicators) = (new(_gateway.Channel), new(_gateway.Channel));
    }

    private string Name => $"{_ground.Firm}/reports/output.2004-10";

    public async ValueTask InitializeAsync() => await _ground.PrepareAsync(_gateway.Channel);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_receipt_is_durable_and_proves_the_rows_of_its_batch()
    {
        Report[] rows = [_ground.Output("2004-09", 100), _ground.Output("2004-10", -5), _ground.Output("2004-11", 300)];
        var answered = await SendAsync(_ground.Submission, 0, rows);

        var stored = await _reporting.GetReceiptAsync(new() { Name = answered.Name });

        Assert.Equal(answered, stored);
        Assert.Equal(_ground.Submission + "/receipts/0", stored.Name);
        // Nobody need say who he is here.
        Assert.Empty(stored.Sender);
        using var bytes = new MemoryStream();
        foreach (var row in rows)
            row.WriteDelimitedTo(bytes);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray())), stored.RowsSha256);
        Assert.Equal(stored.RowsSha256, (await SendAsync(_ground.Submission, 0, rows)).RowsSha256);
        // Only a part of the batch: the answer is cut, and its rows are not those of the checksum.
        var cut = await SendAsync(_ground.Submission, 0, rows[..2]);
        Assert.Equal(("", "", true), (cut.Name, cut.RowsSha256, cut.Replayed));
        await SendAsync(_ground.Submission, 3, _ground.Output("2004-12", 1));
        var page = await _reporting.ListReceiptsAsync(new() { Parent = _ground.Submission, PageSize = 1 });
        Assert.Equal((stored.Name, 0), (Assert.Single(page.Receipts).Name, page.Receipts[0].Rows.Count));
        var rest = await _reporting.ListReceiptsAsync(new() { Parent = _ground.Bureau + "/submissions/-", PageSize = 1, PageToken = page.NextPageToken });
        Assert.Equal(3, Assert.Single(rest.Receipts).Offset);
        Assert.Empty(rest.NextPageToken);
        Assert.Contains(stored.RowsSha256, await _gateway.GetAsync($"/v1/{stored.Name}"), StringComparison.Ordinal);
        await FailsAsync(StatusCode.NotFound, _reporting.GetReceiptAsync(new() { Name = _ground.Submission + "/receipts/1" }));
        await FailsAsync(StatusCode.InvalidArgument, _reporting.GetReceiptAsync(new() { Name = _ground.Submission + "/receipts/x" }));
        await FailsAsync(StatusCode.NotFound, _reporting.ListReceiptsAsync(new() { Parent = _ground.Bureau + "/submissions/none" }));
        // It stands for all of them.
        await FailsAsync(StatusCode.InvalidArgument, _reporting.CreateSubmissionAsync(new() { Parent = _ground.Bureau, SubmissionId = "-" }));
    }

    [Fact]
    public async Task Rejected_rows_are_listed_page_by_page_with_field_value_and_reason()
    {
        await SendAsync(_ground.Submission, 0, _ground.Output("2004-09", 100), _ground.Output("2004-10", -5), _ground.Output("2004-10", -6));
        await SendAsync(_ground.Submission, 3, _ground.Output("2004-10", 1_000_000), _ground.Output("2004-11", -7));

        var found = await PagesAsync(showWarned: false);
        Assert.Equal([(1, "-5"), (2, "-6"), (4, "-7")], found.Select(r => (r.Result.Row, Assert.Single(r.Result.Violations).Value)));
        Assert.All(found, r => Assert.Equal((_ground.Submission, "NEGATIVE_VALUE"), (r.Submission, r.Result.Violations[0].Reason)));
        var warned = await PagesAsync(showWarned: true);
        Assert.Equal([1L, 2L, 3L, 4L], warned.Select(r => r.Result.Row));
        Assert.Equal("UNUSUAL_CHANGE", Assert.Single(warned[2].Result.Warnings).Reason);

        async Task<List<Rejection>> PagesAsync(bool showWarned)
        {
            var all = new List<Rejection>();
            var request = new ListRejectionsRequest { Parent = _ground.Submission, ShowWarned = showWarned, PageSize = 1 };
            do
            {
                var page = await _reporting.ListRejectionsAsync(request);
                all.AddRange(page.Rejections);
                request.PageToken = page.NextPageToken;
            }
            while (request.PageToken.Length > 0);
            return all;
        }
    }

    [Fact]
    public async Task The_history_of_a_report_names_bureau_submission_and_row_and_can_be_read_as_of_any_moment()
    {
        await SendAsync(_ground.Submission, 0, _ground.Output("2004-10", 100));
        await _reporting.CreateSubmissionAsync(new() { Parent = "bureaus/other", SubmissionId = "h-" + _ground.Bureau[8..] });
        var other = $"bureaus/other/submissions/h-{_ground.Bureau[8..]}";
        await Task.Delay(20, TestContext.Current.CancellationToken);
        await SendAsync(other, 0, _ground.Output("2004-11", 50), _ground.Output("2004-10", 200));

        var history = await _reporting.ListReportRevisionsAsync(new() { Name = Name });

        Assert.Equal(
            [(1, 100L, _ground.Submission, 0L, ReportRevision.Types.State.Superseded), (2, 200L, other, 1L, ReportRevision.Types.State.Current)],
            history.Revisions.Select(r => (r.Report.Revision, r.Report.Output.Value.MinorUnits, r.Submission, r.Row, r.State)));
        Assert.Equal("bureaus/other", history.Revisions[1].Bureau);
        Assert.Equal(history.Revisions[1].CommitTime, history.Revisions[0].ReplaceTime);
        var then = await _reporting.GetReportAsync(new() { Name = Name, AsOf = history.Revisions[0].CommitTime });
        Assert.Equal((1, ReportRevision.Types.State.Current), (then.Report.Revision, then.State));
        Assert.Null(then.ReplaceTime);
        Assert.Equal(2, (await _reporting.GetReportAsync(new() { Name = Name })).Report.Revision);
        await FailsAsync(StatusCode.NotFound, _reporting.GetReportAsync(new() { Name = Name, AsOf = new() { Seconds = 1 } }));
        await FailsAsync(StatusCode.InvalidArgument, _reporting.GetReportAsync(new() { Name = Name, AsOf = new() { Seconds = long.MaxValue } }));
        await FailsAsync(StatusCode.InvalidArgument, _indicators.GetHealthAsync(new() { Name = "regions/3205", AsOf = new() { Seconds = long.MaxValue } }));
        await FailsAsync(StatusCode.InvalidArgument, _indicators.QueryObservationsAsync(new() { Names = { "regions/3205" }, Indicators = { "output_value" }, UpdatedAfter = new() { Nanos = -1 } }));
        var list = await _reporting.ListReportsAsync(new() { Parent = _ground.Firm, Start = "2004-11", Feed = Feed.Output });
        Assert.Equal("2004-11", Assert.Single(list.Reports).Report.Period);
        Assert.Equal(2, (await _reporting.ListReportsAsync(new() { Parent = _ground.Firm })).Reports.Count);
        Assert.Contains("\"STATE_SUPERSEDED\"", await _gateway.GetAsync($"/v1/{Name}:listRevisions"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_withdrawn_submission_takes_back_what_still_counts_by_it_and_nothing_else_once()
    {
        await SendAsync(_ground.Submission, 0, _ground.Output("2004-09", 1_000), _ground.Output("2004-10", 2_000), _ground.Output("2004-11", 3_000));
        var other = $"bureaus/other/submissions/w-{_ground.Bureau[8..]}";
        await _reporting.CreateSubmissionAsync(new() { Parent = "bureaus/other", SubmissionId = "w-" + _ground.Bureau[8..] });
        await SendAsync(other, 0, _ground.Output("2004-10", 2_500));

        var withdrawn = await _reporting.WithdrawSubmissionAsync(new() { Name = _ground.Submission, Reason = "the wrong file" });

        Assert.Equal(V1.Submission.Types.State.Withdrawn, withdrawn.State);
        Assert.Equal((2, 3, "the wrong file"), (withdrawn.Withdrawal.WithdrawnReports, withdrawn.Withdrawal.RowsDone, withdrawn.Withdrawal.Reason));
        Assert.NotNull(withdrawn.Withdrawal.FinishTime);
        var again = await _reporting.WithdrawSubmissionAsync(new() { Name = _ground.Submission, Reason = "another reason" });
        Assert.Equal(withdrawn, again);
        Assert.Equal(ReportRevision.Types.State.Current, (await _reporting.GetReportAsync(new() { Name = Name })).State);
        var back = await _reporting.GetReportAsync(new() { Name = $"{_ground.Firm}/reports/output.2004-09" });
        Assert.Equal((ReportRevision.Types.State.Withdrawn, _ground.Bureau, "the wrong file"), (back.State, back.WithdrawnBy, back.WithdrawReason));
        await Eventually.TrueAsync(async () => await OutputAsync("2004-10") == 25 && await OutputAsync("2004-09") is null && await OutputAsync("2004-11") is null);
        // It takes no more rows, and answers those it has.
        await FailsAsync(StatusCode.FailedPrecondition, SendAsync(_ground.Submission, 3, _ground.Output("2004-12", 1)));
        Assert.True((await SendAsync(_ground.Submission, 0, _ground.Output("2004-09", 1_000))).Replayed);
        // The right file counts.
        Assert.Equal(1, (await SendAsync(other, 1, _ground.Output("2004-09", 1_100))).Accepted);
        await FailsAsync(StatusCode.InvalidArgument, _reporting.WithdrawSubmissionAsync(new() { Name = _ground.Submission }));
        await FailsAsync(StatusCode.NotFound, _reporting.WithdrawSubmissionAsync(new() { Name = _ground.Bureau + "/submissions/none", Reason = "x" }));

        async Task<double?> OutputAsync(string period)
        {
            var health = await _indicators.GetHealthAsync(new() { Name = _ground.County, Period = period });
            var figure = health.Observations.Single(o => o.Indicator == "indicators/output_cny");
            return figure.FigureCase == Observation.FigureOneofCase.Unavailable ? null : figure.Value;
        }
    }

    [Fact]
    public async Task A_bureau_lists_its_submissions_the_newest_first()
    {
        await _reporting.CreateSubmissionAsync(new() { Parent = _ground.Bureau, SubmissionId = "s2" });
        await _reporting.FinalizeSubmissionAsync(new() { Name = _ground.Submission });

        var first = await _reporting.ListSubmissionsAsync(new() { Parent = _ground.Bureau, PageSize = 1 });
        var second = await _reporting.ListSubmissionsAsync(new() { Parent = _ground.Bureau, PageSize = 1, PageToken = first.NextPageToken });

        Assert.Equal(_ground.Bureau + "/submissions/s2", Assert.Single(first.Submissions).Name);
        Assert.Equal(_ground.Submission, Assert.Single(second.Submissions).Name);
        Assert.Empty(second.NextPageToken);
        var final = await _reporting.ListSubmissionsAsync(new() { Parent = _ground.Bureau, State = V1.Submission.Types.State.Finalized });
        Assert.Equal(_ground.Submission, Assert.Single(final.Submissions).Name);
        await FailsAsync(StatusCode.InvalidArgument, _reporting.ListSubmissionsAsync(new() { Parent = _ground.Bureau, PageToken = "nowhere" }));
    }

    private async Task<Receipt> SendAsync(string submission, long offset, params Report[] reports)
    {
        using var call = _reporting.AppendReports();
        await call.RequestStream.WriteAsync(new() { Submission = submission, Offset = offset, Reports = { reports } });
        await call.RequestStream.CompleteAsync();
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        return call.ResponseStream.Current.Receipt;
    }

    private static async Task FailsAsync<T>(StatusCode code, AsyncUnaryCall<T> call) => await FailsAsync(code, call.ResponseAsync);

    private static async Task FailsAsync<T>(StatusCode code, Task<T> call) => Assert.Equal(code, (await Assert.ThrowsAsync<RpcException>(() => call)).StatusCode);
}
