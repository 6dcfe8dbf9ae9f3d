using System.CommandLine;
using ClusterPulse.Cli.Administration;
using ClusterPulse.Cli.Language;
using ClusterPulse.Cli.Server;
using ClusterPulse.V1;
using Grpc.Core;

namespace ClusterPulse.Cli.Explain;

/// <summary>Says what changed a figure between two months.</summary>
internal sealed class ExplainCommand : ServerCommand
{
    private readonly Argument<string> _place = PlaceArgument.Required();

    private readonly Argument<string> _indicator = new("indicator") { Description = Words.Of("指标标识，如 local_linkage_ratio（本地配套率）", "Id of an indicator, such as local_linkage_ratio") };

    private readonly Option<string[]> _labels = new("--label")
    {
        Description = Words.Of(
            "区分同一指标各数字的标签，如 measure=output；可多次给出",
            "Label that tells one figure of the indicator from its others, such as measure=output; can be given several times"),
        HelpName = "name=value",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string> _from = new("--from")
    {
        Description = Words.Of("前一月份，YYYY-MM；省略则为后一月份之前十二个月", "Earlier month, YYYY-MM; without it twelve months before the later one"),
        HelpName = "month",
        DefaultValueFactory = _ => "",
    };

    private readonly Option<string> _to = new("--to")
    {
        Description = Words.Of("后一月份，YYYY-MM；省略则为最新的完整月份", "Later month, YYYY-MM; without it the newest complete one"),
        HelpName = "month",
        DefaultValueFactory = _ => "",
    };

    private readonly Option<string> _by = new("--by")
    {
        Description = Words.Of(
            "按何种部分分解；省略则有下级时按下级，否则按算式各项",
            "Into what the change is taken apart; without it children where there are any, else operands"),
        DefaultValueFactory = _ => "",
    };

    private readonly Option<int> _most = new("--most")
    {
        Description = Words.Of(
            "--by enterprises 时列出的企业数，1 至 1000；其余合为一项",
            "How many enterprises to name with --by enterprises, 1 to 1000; the others are one part"),
        HelpName = "number",
        DefaultValueFactory = _ => 20,
    };

    public ExplainCommand() : base(
        "explain",
        Words.Of(
            """
            指标变动分解

            各部分的贡献之和等于变动；方法见 docs/explain.md。

            示例：clusterpulse explain regions/3205 local_linkage_ratio --from 2003-12 --to 2004-12 --by children
            """,
            """
            Say what changed a figure between two months

            Contributions of parts, adding up to the change; docs/explain.md tells how they are found.

            Example: clusterpulse explain regions/3205 local_linkage_ratio --from 2003-12 --to 2004-12 --by children
            """))
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
