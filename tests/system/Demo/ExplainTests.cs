using System.Text.Json;
using ClusterPulse.SystemTests.Support;
using ClusterPulse.V1;
using Google.Rpc;
using Grpc.Core;
using Xunit;

namespace ClusterPulse.SystemTests.Demo;

/// <summary>What changed the demo's figures, over gRPC, as JSON and from the command line.</summary>
[Collection(DemoCollection.Name)]
public sealed class ExplainTests(RunningDemo demo)
{
    private const string Suzhou = "regions/3205";

    private readonly IndicatorService.IndicatorServiceClient _client = new(demo.Gateway.Channel);

    [Fact]
    public async Task Every_indicator_of_Suzhou_is_taken_apart_and_the_parts_add_up()
    {
        var health = await _client.GetHealthAsync(new() { Name = Suzhou });
        var explained = 0;
        // Of location quotients, one for each industry, those of one industry are enough.
        var figures = health.Observations.Where(o => o.FigureCase == Observation.FigureOneofCase.Value
            && Explain.ExplainMethods.Explains(o.Indicator["indicators/".Length..]) && (!o.Labels.TryGetValue("industry", out var industry) || industry == "39"));
        var questions = figures.SelectMany(_ => (string[])["children", "operands", "estates"], (figure, by) => (Figure: figure, By: by));
        await Parallel.ForEachAsync(questions, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, async (question, cancellation) =>
        {
            var (figure, by) = question;
            var answer = await _client.ExplainChangeAsync(
                new()
                {
                    Name = Suzhou,
                    Indicator = figure.Indicator,
                    Labels = { figure.Labels.Where(l => l.Key != "source").Select(l => $"{l.Key}={l.Value}") },
                    To = figure.Period,
                    From = "2004-06",
                    By = by,
                },
                cancellationToken: cancellation);
            if (!answer.HasChange)
                return;
            Interlocked.Increment(ref explained);
            var size = answer.Parts.Sum(p => Math.Abs(p.Contribution)) + Math.Abs(answer.Now.Value);
            Assert.True(Math.Abs(answer.Parts.Sum(p => p.Contribution) - answer.Change) <= 1e-9 * size, $"{figure.Indicator} by {by}: {answer}");
            Assert.Equal(figure.Value, answer.Now.Value);
            Assert.Equal("2004-06", answer.Then.Period);
        });
        Assert.True(explained > 100, $"{explained} explanations");
    }

    [Fact]
    public async Task As_json_children_are_named_in_both_languages()
    {
        using var answer = JsonDocument.Parse(await demo.Gateway.GetAsync(
            $"/v1/{Suzhou}/health:explain?indicator=output_cny&from=2003-12&to=2004-12&by=children"));

        Assert.Equal("EXPLAIN_METHOD_DIFFERENCE", answer.RootElement.GetProperty("method").GetString());
        var kunshan = answer.RootElement.GetProperty("parts").EnumerateArray().Single(p => p.GetProperty("name").GetString() == "regions/320583");
        Assert.Equal("PART_KIND_REGION", kunshan.GetProperty("kind").GetString());
        Assert.Equal("昆山市", kunshan.GetProperty("displayName").GetProperty("zh").GetString());
        Assert.Equal("Kunshan", kunshan.GetProperty("displayName").GetProperty("en").GetString());
    }

    [Fact]
    public async Task What_is_wrong_with_a_request_is_named()
    {
        Assert.Equal(("labels", "AMBIGUOUS_LABELS"), await ViolationAsync(new() { Name = Suzhou, Indicator = "foreign_share" }));
        Assert.Equal(("indicator", "UNKNOWN_INDICATOR"), await ViolationAsync(new() { Name = Suzhou, Indicator = "luck" }));
        Assert.Equal(("indicator", "NOT_EXPLAINED"), await ViolationAsync(new() { Name = Suzhou, Indicator = "fdi_share_losing_periods" }));
        Assert.Equal(("indicator", "MISSING_FIELD"), await ViolationAsync(new() { Name = Suzhou }));
        Assert.Equal(("by", "UNKNOWN_FIELD"), await ViolationAsync(new() { Name = Suzhou, Indicator = "output_cny", By = "weather" }));
        Assert.Equal(("from", "OUT_OF_BOUNDS"), await ViolationAsync(new() { Name = Suzhou, Indicator = "output_cny", From = "2004-12", To = "2004-12" }));
        Assert.Equal(("page_size", "OUT_OF_BOUNDS"), await ViolationAsync(new() { Name = Suzhou, Indicator = "output_cny", By = "enterprises", PageSize = 1001 }));
        Assert.Equal(("to", "MALFORMED_PERIOD"), await ViolationAsync(new() { Name = Suzhou, Indicator = "output_cny", To = "2004" }));
    }

    [Fact]
    public async Task A_month_before_there_was_anything_has_no_change_and_says_why()
    {
        var answer = await _client.ExplainChangeAsync(new() { Name = Suzhou, Indicator = "local_linkage_ratio", From = "2001-01", To = "2004-12" });

        Assert.False(answer.HasChange);
        Assert.Empty(answer.Parts);
        Assert.Equal(Observation.FigureOneofCase.Unavailable, answer.Then.FigureCase);
        Assert.Equal(Observation.FigureOneofCase.Value, answer.Now.FigureCase);
    }

    [Fact]
    public async Task The_command_shows_a_table()
    {
        var server = $"http://127.0.0.1:{demo.Gateway.GrpcPort}";

        var run = await CommandLine.RunAsync(server, ["explain", Suzhou, "employment_persons", "--from", "2003-12", "--to", "2004-12"]);
        var json = await CommandLine.RunAsync(server, ["explain", Suzhou, "output_cny", "--by", "industries", "--json"]);
        var wrong = await CommandLine.RunAsync(server, ["explain", Suzhou, "foreign_share"]);

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Matches("regions/320583 +│ 昆山市 +│ Kunshan ", run.Output);
        Assert.Contains("method DIFFERENCE", run.Output, StringComparison.Ordinal);
        using var parsed = JsonDocument.Parse(json.Output);
        Assert.Contains(parsed.RootElement.GetProperty("parts").EnumerateArray(), p => p.GetProperty("name").GetString() == "39");
        Assert.Equal((2, ""), (wrong.ExitCode, wrong.Output));
        Assert.Contains("measure=output", wrong.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Enterprises_are_named_to_those_who_may_see_them()
    {
        var request = new ExplainChangeRequest { Name = Suzhou, Indicator = "local_linkage_ratio", From = "2003-12", To = "2004-12", By = "enterprises", PageSize = 3 };

        var answer = await _client.ExplainChangeAsync(request);

        Assert.Equal(answer.Change, answer.Parts.Sum(p => p.Contribution), 9);
        var named = answer.Parts.Where(p => p.Kind == PartKind.Enterprise).ToList();
        Assert.Equal(3, named.Count);
        Assert.All(named, p => Assert.Matches("^enterprises/uscc-", p.Name));
        Assert.All(named, p => Assert.NotEqual(0, p.Contribution));
        Assert.Equal(1, answer.Parts.Count(p => p.Kind == PartKind.Others));
        var proxied = await Assert.ThrowsAsync<RpcException>(async () =>
            await _client.ExplainChangeAsync(request, new Metadata { { "X-Forwarded-For", "203.0.113.7" } }));
        Assert.Equal(StatusCode.Unauthenticated, proxied.StatusCode);
        var run = await CommandLine.RunAsync(
            $"http://127.0.0.1:{demo.Gateway.GrpcPort}", ["explain", Suzhou, "local_linkage_ratio", "--by", "enterprises", "--most", "3"]);
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Contains("enterprises/uscc-", run.Output, StringComparison.Ordinal);
        Assert.Contains("其余", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_reasons_of_changes_are_a_gauge_one_for_each_place_and_indicator()
    {
        string[] series = [];
        await Eventually.TrueAsync(async () =>
        {
            series = [.. (await demo.Gateway.GetAsync("/metrics/domain")).Split('\n').Where(l => l.StartsWith("clusterpulse_change_reason_info{", StringComparison.Ordinal))];
            return series.Any(s => s.Contains("code=\"3205\",indicator=\"local_linkage_ratio\"", StringComparison.Ordinal));
        }, seconds: 240);

        var answer = await _client.ExplainChangeAsync(new() { Name = Suzhou, Indicator = "local_linkage_ratio", By = "children" });
        var greatest = answer.Parts.First(p => Math.Sign(p.Contribution) == Math.Sign(answer.Change));
        var reason = Assert.Single(series, s => s.Contains("code=\"3205\",indicator=\"local_linkage_ratio\"", StringComparison.Ordinal));
        Assert.Contains(
            $"level=\"prefecture\",reason=\"{greatest.DisplayName.Zh} {greatest.DisplayName.En} {(greatest.Contribution < 0 ? "−" : "+")}0.", reason, StringComparison.Ordinal);
        Assert.Equal(series.Length, series.Select(s => s[..s.IndexOf(",level=", StringComparison.Ordinal)]).Distinct().Count());
    }

    [Fact]
    public async Task Without_Taiwan_Suzhou_hangs_on_another_source()
    {
        var answer = await _client.SimulateExitAsync(new() { Name = Suzhou, SourceEconomy = "TW" });

        var top = answer.Figures.Single(f => f.Now.Indicator == "indicators/fdi_top_source_share" && f.Now.Labels["basis"] == "immediate");
        Assert.Equal("TW", top.Now.Labels["source"]);
        Assert.NotEqual("TW", top.Without.Labels["source"]);
        Assert.All(answer.Figures.Where(f => f.Now.Indicator == "indicators/output_cny"), f => Assert.Equal(0, f.Change));
        var run = await CommandLine.RunAsync($"http://127.0.0.1:{demo.Gateway.GrpcPort}", ["what-if", Suzhou, "--without-source", "TW"]);
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Contains("fdi_top_source_share{basis=immediate,source=TW}", run.Output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(await demo.Gateway.GetAsync($"/v1/{Suzhou}/health:simulateExit?industry=39"));
        Assert.True(json.RootElement.GetProperty("figures").GetArrayLength() > 20);
        var error = await Assert.ThrowsAsync<RpcException>(async () => await _client.SimulateExitAsync(new() { Name = Suzhou, Industry = "391" }));
        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        error = await Assert.ThrowsAsync<RpcException>(async () => await _client.SimulateExitAsync(new() { Name = Suzhou, Enterprise = "org-ZZZZZZZZ9" }));
        Assert.Equal(StatusCode.NotFound, error.StatusCode);
    }

    private async Task<(string Field, string Reason)> ViolationAsync(ExplainChangeRequest request)
    {
        var error = await Assert.ThrowsAsync<RpcException>(async () => await _client.ExplainChangeAsync(request));
        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        var violation = error.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Single();
        Assert.NotEmpty(violation.LocalizedMessage.Message);
        return (violation.Field, violation.Reason);
    }
}
