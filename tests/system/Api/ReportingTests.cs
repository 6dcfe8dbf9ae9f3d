using ClusterPulse.SystemTests.Support;
using ClusterPulse.V1;
using Google.Rpc;
using Grpc.Core;
using Xunit;

namespace ClusterPulse.SystemTests.Api;

/// <summary>The reporting API as a bureau's program meets it, over the wire.</summary>
[Collection(GatewayCollection.Name)]
public sealed class ReportingTests : IAsyncLifetime
{
    private readonly GatewayProcess _gateway;
    private readonly OwnGround _ground;
    private readonly ReportingService.ReportingServiceClient _reporting;
    private readonly IndicatorService.IndicatorServiceClient _indicators;

    public ReportingTests(RunningGateway running)
    {
        (_gateway, _ground) = (running.Gateway, running.NextGround());
        (_reporting, _indicators) = (new(_gateway.Channel), new(_gateway.Channel));
    }

    public async ValueTask InitializeAsync() => await _ground.PrepareAsync(_gateway.Channel);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_stream_is_acknowledged_batch_by_batch_and_can_be_read_at_once()
    {
        var answers = await AppendAsync((0, [_ground.Output("2004-09", 100), _ground.Output("2004-10", 200)]), (2, [_ground.Output("2004-11", 300)]));

        Assert.Equal([2, 3], answers.Select(a => a.NextOffset));
        Assert.All(answers, a => Assert.Equal(0, a.Receipt.Rejected));
        var health = await _indicators.GetHealthAsync(
            new() { Name = _ground.Prefecture, Period = "2004-11", MinCommitToken = answers[1].Receipt.CommitToken });
        Assert.Equal(3, Picture.Value(health, "output_cny"));
    }

    [Fact]
    public async Task Bad_rows_are_rejected_one_by_one_with_field_value_and_reason_and_the_rest_lands()
    {
        var negative = _ground.Output("2004-10", -5);
        var currency = _ground.Output("2004-10", 5);
        currency.Output.Value.Currency = "XXZ";
        var unknown = _ground.Output("2004-10", 5);
        unknown.Enterprise = "org-ZZZZZZZZ9";
        var unknownRegion = Report("2004-10");
        unknownRegion.Feed = Feed.Linkage;
        unknownRegion.Linkage = new() { Lines = { new LinkageLine { Region = "999999", Purchases = Cny(1) } } };
        var people = Report("2004-10");
        people.Feed = Feed.Employment;
        people.Employment = new() { Persons = -1 };
        var code = _ground.Output("2004-10", 5);
        code.Enterprise = "uscc-914403001922038217";

        var receipt = (await AppendAsync((0, [negative, currency, _ground.Output("2004-10", 7), unknown, unknownRegion, people, _ground.Output("2005-02", 1), code])))[0].Receipt;

        Assert.Equal((1, 7), (receipt.Accepted, receipt.Rejected));
        Assert.Equal(
            [
                (0, "output.value.minor_units", "-5", "NEGATIVE_VALUE"),
                (1, "output.value.currency", "XXZ", "UNKNOWN_CURRENCY"),
                (3, "enterprise", "org-ZZZZZZZZ9", "UNREGISTERED_ENTERPRISE"),
                (4, "linkage.lines[0].region", "999999", "UNKNOWN_REGION"),
                (5, "employment.persons", "-1", "NEGATIVE_VALUE"),
                (6, "period", "2005-02", "FUTURE_PERIOD"),
                (7, "enterprise", "uscc-914403001922038217", "BAD_CHECK_CHARACTER"),
            ],
            receipt.Rows.SelectMany(r => r.Violations.Select(v => (r.Row, v.Field, v.Value, v.Reason))));
        Assert.All(receipt.Rows.SelectMany(r => r.Violations), v => Assert.True(v.Advice.Zh.Length > 0 && v.Advice.En.Length > 0 && v.Rule.Length > 0));
    }

    [Fact]
    public async Task An_unregistered_supplier_is_never_a_reason_to_reject()
    {
        var report = Report("2004-10");
        report.Feed = Feed.Linkage;
        report.Linkage = new()
        {
            Lines =
            {
                new LinkageLine { Enterprise = "org-NOBODY000", Purchases = Cny(5) },
                new LinkageLine { Enterprise = "who knows", Purchases = Cny(6) },
                new LinkageLine { SourceEconomy = "JP", Purchases = Cny(7) },
            },
        };

        var receipt = (await AppendAsync((0, [report])))[0].Receipt;

        Assert.Equal((1, 1), (receipt.Accepted, receipt.Warned));
    }

    [Fact]
    public async Task What_was_acknowledged_is_answered_again_as_replayed_and_counts_once()
    {
        var first = await AppendAsync((0, [_ground.Output("2004-09", 100), _ground.Output("2004-10", 200)]));

        var again = await AppendAsync((0, [_ground.Output("2004-09", 100), _ground.Output("2004-10", 200)]), (1, [_ground.Output("2004-10", 200), _ground.Output("2004-11", 300)]));

        Assert.True(again[0].Receipt.Replayed);
        Assert.Equal(first[0].Receipt.CommitToken, again[0].Receipt.CommitToken);
        // It begins within the first batch: the row that is durable counts as a duplicate.
        Assert.Equal((1, 1, 1), (again[1].Receipt.Offset, again[1].Receipt.Duplicate, again[1].Receipt.Accepted));
        var submission = await _reporting.GetSubmissionAsync(new() { Name = _ground.Submission });
        Assert.Equal((3, 3), (submission.NextOffset, submission.Accepted));
    }

    [Fact]
    public async Task A_gap_in_offsets_ends_the_stream_with_the_expected_offset()
    {
        var error = await Assert.ThrowsAsync<RpcException>(() => AppendAsync((7, [_ground.Output("2004-09", 100)])));

        Assert.Equal(StatusCode.OutOfRange, error.StatusCode);
        Assert.Equal("0", error.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Metadata["expected_offset"]);
    }

    [Fact]
    public async Task The_same_revision_with_other_content_is_a_conflict_and_a_higher_one_replaces()
    {
        var one = _ground.Output("2004-10", 100);
        one.Revision = 1;
        var other = _ground.Output("2004-10", 150);
        other.Revision = 1;
        var higher = _ground.Output("2004-10", 170);
        higher.Revision = 2;

        var receipt = (await AppendAsync((0, [one, other, higher, one])))[0].Receipt;

        Assert.Equal((1, 1, 1, 1), (receipt.Accepted, receipt.Rejected, receipt.Revised, receipt.Duplicate));
        var conflict = receipt.Rows.Single(r => r.Outcome == RowOutcome.Rejected).Violations.Single();
        Assert.Equal("CONFLICTING_REVISION", conflict.Reason);
        Assert.Contains("100", conflict.Rule, StringComparison.Ordinal);
        Assert.Contains(_ground.Bureau, conflict.Rule, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slip_of_the_unit_is_taken_and_counted_as_suspect_until_a_revision_says_why()
    {
        var explained = _ground.Output("2004-10", 1_000_000);
        explained.Note = "a large order was delivered";

        var receipts = await AppendAsync((0, [_ground.Output("2004-09", 100), _ground.Output("2004-10", 1_000_000)]), (2, [explained]));

        Assert.Equal((2, 1, 0), (receipts[0].Receipt.Accepted, receipts[0].Receipt.Warned, receipts[0].Receipt.Rejected));
        var warning = receipts[0].Receipt.Rows.Single().Warnings.Single();
        Assert.Equal(("output.value.minor_units", "1000000", "UNUSUAL_CHANGE"), (warning.Field, warning.Value, warning.Reason));
        Assert.Equal((1, 0), (receipts[1].Receipt.Revised, receipts[1].Receipt.Warned));
        Assert.Equal(0, await SuspectsAsync(receipts[1]));
        // A new slip, which nobody explains.
        Assert.Equal(1, await SuspectsAsync((await AppendAsync((3, [_ground.Output("2004-10", 9_000_000)])))[0]));

        async Task<double> SuspectsAsync(AppendReportsResponse sent) => Picture.Value(
            await _indicators.GetHealthAsync(new() { Name = _ground.County, Period = "2004-10", MinCommitToken = sent.Receipt.CommitToken }),
            "suspect_reports", ("feed", "output"));
    }

    [Fact]
    public async Task A_finalized_submission_takes_no_more_rows()
    {
        await AppendAsync((0, [_ground.Output("2004-10", 100)]));
        var submission = await _reporting.FinalizeSubmissionAsync(new() { Name = _ground.Submission });
        Assert.Equal(V1.Submission.Types.State.Finalized, submission.State);

        var error = await Assert.ThrowsAsync<RpcException>(() => AppendAsync((1, [_ground.Output("2004-11", 100)])));

        Assert.Equal(StatusCode.FailedPrecondition, error.StatusCode);
    }

    [Fact]
    public async Task A_single_batch_with_a_request_id_counts_once_and_validation_alone_stores_nothing()
    {
        var request = new BatchCreateReportsRequest { Parent = _ground.Bureau, RequestId = "r1", Reports = { _ground.Output("2004-10", 100) } };
        var checkedOnly = request.Clone();
        checkedOnly.ValidateOnly = true;
        Assert.Equal(1, (await _reporting.BatchCreateReportsAsync(checkedOnly)).Receipt.Accepted);

        var first = await _reporting.BatchCreateReportsAsync(request);
        var again = await _reporting.BatchCreateReportsAsync(request);

        Assert.False(first.Receipt.Replayed);
        Assert.True(again.Receipt.Replayed);
        Assert.Equal(1, first.Receipt.Accepted);
    }

    [Fact]
    public async Task A_request_that_comes_again_after_its_report_was_revised_changes_nothing()
    {
        var request = new BatchCreateReportsRequest { Parent = _ground.Bureau, RequestId = "r1", Reports = { _ground.Output("2004-10", 100) } };
        await _reporting.BatchCreateReportsAsync(request);
        await _reporting.BatchCreateReportsAsync(new() { Parent = _ground.Bureau, RequestId = "r2", Reports = { _ground.Output("2004-10", 200) } });

        var again = await _reporting.BatchCreateReportsAsync(request);

        Assert.Equal((true, 1), (again.Receipt.Replayed, again.Receipt.Accepted));
        var report = await _reporting.GetReportAsync(new() { Name = $"{_ground.Firm}/reports/output.2004-10" });
        Assert.Equal((2, 200), (report.Report.Revision, report.Report.Output.Value.MinorUnits));
    }

    [Fact]
    public async Task A_request_that_is_sent_many_times_at_once_is_stored_once()
    {
        var request = new BatchCreateReportsRequest
        {
            Parent = _ground.Bureau,
            RequestId = "r1",
            Reports = { _ground.Output("2004-09", 100), _ground.Output("2004-10", 100), _ground.Output("2004-11", -5) },
        };

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => _reporting.BatchCreateReportsAsync(request).ResponseAsync));

        Assert.All(answers, a => Assert.Equal((2, 1), (a.Receipt.Accepted, a.Receipt.Rejected)));
        var submission = await _reporting.GetSubmissionAsync(new() { Name = Submission(answers[0].Receipt) });
        Assert.Equal((3, 2, 1), (submission.NextOffset, submission.Accepted, submission.Rejected));
        Assert.Equal(1, (await _reporting.GetReportAsync(new() { Name = $"{_ground.Firm}/reports/output.2004-10" })).Report.Revision);
    }

    [Fact]
    public async Task A_request_can_be_read_by_its_token_and_taken_back_as_a_submission()
    {
        var sent = (await _reporting.BatchCreateReportsAsync(new() { Parent = _ground.Bureau, Reports = { _ground.Output("2004-10", 100) } })).Receipt;
        var health = await _indicators.GetHealthAsync(new() { Name = _ground.County, Period = "2004-10", MinCommitToken = sent.CommitToken });
        Assert.Equal(1, Picture.Value(health, "output_cny"));

        var withdrawn = await _reporting.WithdrawSubmissionAsync(new() { Name = Submission(sent), Reason = "test" });

        Assert.Equal((V1.Submission.Types.State.Withdrawn, 1), (withdrawn.State, withdrawn.Withdrawal.WithdrawnReports));
        var report = await _reporting.GetReportAsync(new() { Name = $"{_ground.Firm}/reports/output.2004-10" });
        Assert.Equal(ReportRevision.Types.State.Withdrawn, report.State);
    }

    [Fact]
    public async Task A_withdrawn_report_no_longer_counts_and_a_replay_does_not_bring_it_back()
    {
        var sent = await AppendAsync((0, [_ground.Output("2004-10", 100)]));
        Assert.Equal(0, sent[0].Receipt.Rejected);

        var withdrawn = await _reporting.WithdrawReportAsync(new() { Name = $"{_ground.Firm}/reports/output.2004-10", Bureau = _ground.Bureau, Reason = "test" });
        await AppendAsync((0, [_ground.Output("2004-10", 100)]));

        Assert.Equal(1, withdrawn.Revision);
        await Eventually.TrueAsync(async () =>
        {
            var health = await _indicators.GetHealthAsync(new() { Name = _ground.County, Period = "2004-10" });
            return health.Observations.Single(o => o.Indicator == "indicators/output_cny").FigureCase == Observation.FigureOneofCase.Unavailable;
        });
    }

    [Fact]
    public async Task The_same_is_served_as_json()
    {
        await AppendAsync((0, [_ground.Output("2004-10", 100)]));

        Assert.Contains("\"nextOffset\":\"1\"", await _gateway.GetAsync($"/v1/{_ground.Submission}"), StringComparison.Ordinal);
        Assert.Contains(_ground.PrefectureZh, await _gateway.GetAsync($"/v1/{_ground.Prefecture}/health"), StringComparison.Ordinal);
        Assert.Contains("本地配套率", await _gateway.GetAsync("/v1/indicators"), StringComparison.Ordinal);
    }

    private static string Submission(Receipt receipt) => receipt.Name[..receipt.Name.IndexOf("/receipts/", StringComparison.Ordinal)];

    private async Task<List<AppendReportsResponse>> AppendAsync(params (long Offset, Report[] Reports)[] batches)
    {
        using var call = _reporting.AppendReports();
        foreach (var (offset, reports) in batches)
            await call.RequestStream.WriteAsync(new() { Submission = _ground.Submission, Offset = offset, Reports = { reports } });
        await call.RequestStream.CompleteAsync();
        var answers = new List<AppendReportsResponse>();
        await foreach (var answer in call.ResponseStream.ReadAllAsync())
            answers.Add(answer);
        return answers;
    }

    private Report Report(string period) => new() { Enterprise = _ground.Firm, Period = period };

    private static Money Cny(long fen) => new() { Currency = "CNY", MinorUnits = fen };
}
