using System.CommandLine;
using ClusterPulse.Cli.Administration;
using ClusterPulse.Cli.Language;
using ClusterPulse.Cli.Server;
using ClusterPulse.V1;
using Grpc.Core;

namespace ClusterPulse.Cli.Explain;

/// <summary>Says what the figures would be if somebody had never been there.</summary>
internal sealed class WhatIfCommand : ServerCommand
{
    private readonly Argument<string> _place = PlaceArgument.Required();

    private readonly Option<string?> _source = new("--without-source")
    {
        Description = Words.Of("撤资的来源地，ISO 3166，如 TW", "Source economy whose capital leaves, ISO 3166, such as TW"),
        HelpName = "economy",
    };

    private readonly Option<string?> _industry = new("--without-industry")
    {
        Description = Words.Of("离开的行业，GB/T 4754 大类，如 39", "Industry that leaves, GB/T 4754 division, such as 39"),
        HelpName = "division",
    };

    private readonly Option<string?> _enterprise = new("--without-enterprise") { Description = Words.Of("离开的企业", "Enterprise that leaves"), HelpName = "enterprise" };

    private readonly Option<string?> _investor = new("--without-investor")
    {
        Description = Words.Of("撤资的投资者，名称与报表一致", "Investor whose capital leaves, named as reports name it"),
        HelpName = "name",
    };

    public WhatIfCommand() : base(
        "what-if",
        Words.Of(
            """
            假设分析：若某方从未存在，最新数字会如何

            可去除一个来源地的资本、一个行业、一家企业或一个投资者的资本；去除什么见 docs/explain.md。

            示例：clusterpulse what-if regions/3205 --without-source TW
            """,
            """
            Say what the newest figures would be if somebody had never been there

            A source economy's capital, an industry, an enterprise or an investor's capital; docs/explain.md tells what is taken away.

            Example: clusterpulse what-if regions/3205 --without-source TW
            """))
    {
        Add(_place);
        Add(_source);
        Add(_industry);
        Add(_enterprise);
        Add(_investor);
        Validators.Add(result =>
        {
            if (new Option[] { _source, _industry, _enterprise, _investor }.Count(o => result.GetResult(o) is not null) != 1)
                result.AddError(Words.Of(
                    "须指明一个离开者：--without-source、--without-industry、--without-enterprise 或 --without-investor。",
                    "Name one who leaves: --without-source, --without-industry, --without-enterprise or --without-investor."));
        });
    }

    protected override async Task<ExitCode> RunAsync(ServerSession session, ParseResult parsed, CancellationToken cancellation)
    {
        var request = new SimulateExitRequest { Name = parsed.GetRequiredValue(_place) };
        if (parsed.GetValue(_source) is { } source)
            request.SourceEconomy = source;
        else if (parsed.GetValue(_industry) is { } industry)
            request.Industry = industry;
        else if (parsed.GetValue(_investor) is { } investor)
            request.Investor = investor;
        else
            request.Enterprise = parsed.GetValue(_enterprise) ?? "";
        try
        {
            var answer = await new IndicatorService.IndicatorServiceClient(session.Channel).SimulateExitAsync(request, cancellationToken: cancellation);
            session.Output.Print(answer, new ExitView(request, answer).Show);
            return ExitCode.Done;
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.NotFound && e.Status.Detail.StartsWith(request.Name, StringComparison.Ordinal))
        {
            throw PlaceArgument.Unknown(request.Name);
        }
    }
}
