using System.CommandLine;
using ClusterPulse.Cli.Administration;
using ClusterPulse.Cli.Language;
using ClusterPulse.Cli.Server;
using ClusterPulse.V1;
using Grpc.Core;

namespace ClusterPulse.Cli.Explain;

/// <summary>Names the enterprises that a local cluster hangs on.</summary>
internal sealed class LeadingCommand : ServerCommand
{
    private readonly Argument<string> _place = new("place")
    {
        Description = Words.Of(
            "地级及以下的 regions/{区划代码}，如 regions/3205（苏州），或 estates/{园区}",
            "regions/{code} up to the prefecture, such as regions/3205 (Suzhou), or estates/{id}"),
    };

    private readonly Option<string> _by = new("--by")
    {
        Description = Words.Of("按产值或按本地供应商排序", "What they are ranked by: their output or their local suppliers"),
        DefaultValueFactory = _ => "output",
    };

    private readonly Option<int> _count = new("--count") { Description = Words.Of("家数，1 至 100", "How many, 1 to 100"), DefaultValueFactory = _ => 10 };

    public LeadingCommand() : base(
        "leading",
        Words.Of(
            """
            列出一地的龙头企业、其供应商，以及不再供货者

            仅当服务器允许查看单个企业时可用：默认仅限本机。

            示例：clusterpulse leading regions/3205 --by suppliers
            """,
            """
            Name the leading enterprises of a place, who supplies them, and who does so no more

            Only where the server lets you see single firms: by default on its own machine.

            Example: clusterpulse leading regions/3205 --by suppliers
            """))
    {
        _by.AcceptOnlyFromAmong("output", "suppliers");
        _count.Validators.Add(result =>
        {
            if (result.Errors.Any() || result.GetValueOrDefault<int>() is >= 1 and <= 100)
                return;
            result.AddError(Words.Of("--count 须为 1 至 100。", "--count is 1 to 100."));
        });
        Add(_place);
        Add(_by);
        Add(_count);
    }

    protected override async Task<ExitCode> RunAsync(ServerSession session, ParseResult parsed, CancellationToken cancellation)
    {
        var request = new RankLeadingEnterprisesRequest
        {
            Name = parsed.GetRequiredValue(_place),
            By = parsed.GetRequiredValue(_by),
            PageSize = parsed.GetRequiredValue(_count),
        };
        try
        {
            var answer = await new IndicatorService.IndicatorServiceClient(session.Channel)
                .RankLeadingEnterprisesAsync(request, cancellationToken: cancellation);
            session.Output.Print(answer, new LeadingView(request, answer).Show);
            return ExitCode.Done;
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
        {
            throw PlaceArgument.Unknown(request.Name);
        }
    }
}
