using System.CommandLine;
using ClusterPulse.Cli.Administration;
using ClusterPulse.Cli.Server;
using ClusterPulse.V1;
using Grpc.Core;

namespace ClusterPulse.Cli.Explain;

/// <summary>Names the enterprises that a local cluster hangs on.</summary>
internal sealed class LeadingCommand : ServerCommand
{
    private readonly Argument<string> _place = new("place")
    {
        Description = "regions/{code} up to the prefecture, such as regions/3205 (苏州 Suzhou), or estates/{id}",
    };

    private readonly Option<string> _by = new("--by")
    {
        Description = "What they are ranked by: their output or their local suppliers",
        DefaultValueFactory = _ => "output",
    };

    private readonly Option<int> _count = new("--count") { Description = "How many, 1 to 100", DefaultValueFactory = _ => 10 };

    public LeadingCommand() : base(
        "leading",
        """
        Name the leading enterprises of a place, who supplies them, and who does so no more · 龙头企业

        Only where the server lets you see single firms: by default on its own machine.

        Example: clusterpulse leading regions/3205 --by suppliers
        """)
    {
        _by.AcceptOnlyFromAmong("output", "suppliers");
        _count.Validators.Add(result =>
        {
            if (result.Errors.Any() || result.GetValueOrDefault<int>() is >= 1 and <= 100)
                return;
            result.AddError("--count is 1 to 100.");
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
