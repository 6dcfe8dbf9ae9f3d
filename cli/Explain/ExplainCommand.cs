using System.CommandLine;
using ClusterPulse.Cli.Administration;
using ClusterPulse.Cli.Server;
using ClusterPulse.V1;
using Grpc.Core;

namespace ClusterPulse.Cli.Explain;

/// <summary>Says what changed a figure between two months.</summary>
internal sealed class ExplainCommand : ServerCommand
{
    private readonly Argument<string> _place = new("place") { Description = "regions/{code}, such as regions/3205 (苏州 Suzhou), or estates/{id}" };

    private readonly Argument<string> _indicator = new("indicator") { Description = "Id of an indicator, such as local_linkage_ratio (本地配套率)" };

    private readonly Option<string[]> _labels = new("--label")
    {
        Description = "Label that tells one figure of the indicator from its others, such as measure=output; can be given several times",
        HelpName = "name=value",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string> _from = new("--from")
    {
        Description = "Earlier month, YYYY-MM; without it twelve months before the later one",
        HelpName = "month",
        DefaultValueFactory = _ => "",
    };

    private readonly Option<string> _to = new("--to")
    {
        Description = "Later month, YYYY-MM; without it the newest complete one",
        HelpName = "month",
        DefaultValueFactory = _ => "",
    };

    private readonly Option<string> _by = new("--by")
    {
        Description = "Into what the change is taken apart; without it children where there are any, else operands",
        DefaultValueFactory = _ => "",
    };

    private readonly Option<int> _most = new("--most")
    {
        Description = "How many enterprises to name with --by enterprises, 1 to 1000; the others are one part",
        HelpName = "number",
        DefaultValueFactory = _ => 20,
    };

    public ExplainCommand() : base(
        "explain",
        """
        Say what changed a figure between two months · 指标变动分解

        Contributions of parts, adding up to the change; docs/explain.md tells how they are found.

        Example: clusterpulse explain regions/3205 local_linkage_ratio --from 2003-12 --to 2004-12 --by children
        """)
    {
        _by.AcceptOnlyFromAmong("children", "industries", "sources", "estates", "operands", "enterprises");
        Add(_place);
        Add(_indicator);
        Add(_labels);
        Add(_from);
        Add(_to);
        Add(_by);
        Add(_most);
    }

    protected override async Task<ExitCode> RunAsync(ServerSession session, ParseResult parsed, CancellationToken cancellation)
    {
        var place = parsed.GetRequiredValue(_place);
        var request = new ExplainChangeRequest
        {
            Name = place,
            Indicator = parsed.GetRequiredValue(_indicator),
            Labels = { parsed.GetRequiredValue(_labels) },
            From = parsed.GetRequiredValue(_from),
            To = parsed.GetRequiredValue(_to),
            By = parsed.GetRequiredValue(_by),
            PageSize = parsed.GetValue(_most),
        };
        try
        {
            var answer = await new IndicatorService.IndicatorServiceClient(session.Channel).ExplainChangeAsync(request, cancellationToken: cancellation);
            session.Output.Print(answer, new ExplanationView(answer).Show);
            return ExitCode.Done;
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
        {
            throw PlaceArgument.Unknown(place);
        }
    }
}
