using System.CommandLine;
using ClusterPulse.Cli.Administration;
using ClusterPulse.Cli.Server;
using ClusterPulse.V1;
using Grpc.Core;

namespace ClusterPulse.Cli.Explain;

/// <summary>Says what the figures would be if somebody had never been there.</summary>
internal sealed class WhatIfCommand : ServerCommand
{
    private readonly Argument<string> _place = new("place") { Description = "regions/{code}, such as regions/3205 (苏州 Suzhou), or estates/{id}" };

    private readonly Option<string?> _source = new("--without-source")
    {
        Description = "Source economy whose capital leaves, ISO 3166, such as TW",
        HelpName = "economy",
    };

    private readonly Option<string?> _industry = new("--without-industry")
    {
        Description = "Industry that leaves, GB/T 4754 division, such as 39",
        HelpName = "division",
    };

    private readonly Option<string?> _enterprise = new("--without-enterprise") { Description = "Enterprise that leaves", HelpName = "enterprise" };

    private readonly Option<string?> _investor = new("--without-investor")
    {
        Description = "Investor whose capital leaves, named as reports name it",
        HelpName = "name",
    };

    public WhatIfCommand() : base(
        "what-if",
        """
        Say what the newest figures would be if somebody had never been there · 假设分析

        A source economy's capital, an industry, an enterprise or an investor's capital; docs/explain.md tells what is taken away.

        Example: clusterpulse what-if regions/3205 --without-source TW
        """)
    {
        Add(_place);
        Add(_source);
        Add(_industry);
        Add(_enterprise);
        Add(_investor);
        Validators.Add(result =>
        {
            if (new Option[] { _source, _industry, _enterprise, _investor }.Count(o => result.GetResult(o) is not null) != 1)
                result.AddError("Name one who leaves: --without-source, --without-industry, --without-enterprise or --without-investor.");
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
