using System.CommandLine;
using ClusterPulse.Cli.Administration;
using ClusterPulse.Cli.Language;
using ClusterPulse.Cli.Sending;
using ClusterPulse.Cli.Server;
using ClusterPulse.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace ClusterPulse.Cli.Health;

/// <summary>Shows the indicators of a place.</summary>
internal sealed class HealthCommand : ServerCommand
{
    private readonly Argument<string> _place = new("region")
    {
        Description = Words.Of(
            "区划代码，如 3205（苏州），或 estates/{园区}，或 regions/{代码}/clusters/{行业}",
            "Code of a region, such as 3205 (Suzhou), or estates/{id}, or regions/{code}/clusters/{industry}"),
    };

    private readonly Option<string[]> _indicators = new("--indicator")
    {
        Description = Words.Of("只看该指标；可多次给出", "Only this indicator; can be given several times"),
        HelpName = "id",
    };

    private readonly Option<string> _period = new("--period")
    {
        Description = Words.Of("月份，YYYY-MM；省略则为各指标最新的完整月份", "Month, YYYY-MM; without it the newest complete one of each indicator"),
        HelpName = Words.Of("月份", "month"),
        DefaultValueFactory = _ => "",
    };

    private readonly Option<Timestamp?> _asOf = Times.AsOf();

    private readonly Option<bool> _history = new("--history")
    {
        Description = Words.Of("各月数字；--period 则为其首月", "Month by month; --period is then the first of them"),
    };

    public HealthCommand() : base("health", Words.Of(
        """
        查看一地的全部指标

        没有数字时说明原因。

        示例：clusterpulse health 3205
        clusterpulse health 3205 --period 2004-10 --as-of 2004-12-31
        clusterpulse health 3205 --indicator local_linkage_ratio --history
        """,
        """
        Show the indicators of a region, an estate or a cluster

        A figure that is not available says why.

        Example: clusterpulse health 3205
        clusterpulse health 3205 --period 2004-10 --as-of 2004-12-31
        clusterpulse health 3205 --indicator local_linkage_ratio --history
        """))
    {
        Add(_place);
        foreach (var option in new System.CommandLine.Option[] { _indicators, _period, _asOf, _history })
            Add(option);
    }

    protected override async Task<ExitCode> RunAsync(ServerSession session, ParseResult parsed, CancellationToken cancellation)
    {
        var place = PlaceWords.Name(parsed.GetRequiredValue(_place));
        var moment = parsed.GetValue(_asOf);
        var indicators = parsed.GetValue(_indicators) ?? [];
        var client = new IndicatorService.IndicatorServiceClient(session.Channel);
        try
        {
            var health = await client.GetHealthAsync(
                new() { Name = place, Period = parsed.GetValue(_history) ? "" : parsed.GetRequiredValue(_period), AsOf = moment },
                cancellationToken: cancellation);
            Choose(health, indicators);
            if (!parsed.GetValue(_history))
            {
                var catalogue = session.Output.IsJson ? new() : await client.ListIndicatorsAsync(new(), cancellationToken: cancellation);
                session.Output.Print(health, console => HealthView.Show(console, health, catalogue));
                return ExitCode.Done;
            }
            var history = await HistoryAsync(client, place, health, parsed.GetRequiredValue(_period), moment, cancellation);
            session.Output.Print(history, console => HealthView.ShowHistory(console, history));
            return ExitCode.Done;
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
        {
            throw PlaceArgument.Unknown(place);
        }
    }

    private static void Choose(V1.Health health, string[] indicators)
    {
        if (indicators.Length == 0)
            return;
        var unknown = indicators.FirstOrDefault(i => health.Observations.All(o => o.Indicator != "indicators/" + i));
        if (unknown is not null)
        {
            throw new CommandFailure(
                Words.Of($"{health.Name} 没有指标“{unknown}”。", $"{health.Name} has no indicator '{unknown}'."),
                Words.Of("不带 --indicator 可列出全部；定义见 docs/indicators.zh-CN.md。", "Without --indicator all of them are listed; docs/indicators.md defines them."));
        }
        var kept = health.Observations.Where(o => indicators.Contains(o.Indicator["indicators/".Length..])).ToList();
        health.Observations.Clear();
        health.Observations.AddRange(kept);
    }

    private static async Task<QueryObservationsResponse> HistoryAsync(
        IndicatorService.IndicatorServiceClient client, string place, V1.Health health, string start, Timestamp? moment, CancellationToken cancellation)
    {
        var all = new QueryObservationsResponse();
        var request = new QueryObservationsRequest
        {
            Names = { place },
            Indicators = { health.Observations.Select(o => o.Indicator["indicators/".Length..]).Distinct() },
            Start = start,
            AsOf = moment,
        };
        do
        {
            var page = await client.QueryObservationsAsync(request, cancellationToken: cancellation);
            all.Observations.AddRange(page.Observations);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
        return all;
    }
}
