using System.CommandLine;
using ClusterPulse.Cli.Administration;
using ClusterPulse.Cli.Explain;
using ClusterPulse.Cli.Language;
using ClusterPulse.Cli.Output;
using ClusterPulse.Cli.Server;
using ClusterPulse.V1;
using Grpc.Core;
using Spectre.Console;

namespace ClusterPulse.Cli.Health;

/// <summary>Shows figures as they change.</summary>
internal sealed class WatchCommand : ServerCommand
{
    /// <summary>What the live table has unless somebody asks for others.</summary>
    private static readonly string[] Headline = ["output_cny", "growth_ratio", "employment_persons", "local_linkage_ratio", "fdi_source_hhi", "reporting_coverage_ratio"];

    private readonly Argument<string[]> _places = new("region")
    {
        Description = Words.Of(
            "区划代码，如 3205（连同其下一级和园区），或 estates/{园区}；可多个", "Code of a region, such as 3205 (with its children and estates), or estates/{id}; several are possible"),
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string[]> _indicators = new("--indicator")
    {
        Description = Words.Of(
            "指标；可多次给出。省略时，表格为主要指标，json 为全部", "Indicator; can be given several times. Without it the table has the main ones, json all"),
        HelpName = "id",
    };

    private readonly Option<bool> _once = new("--once") { Description = Words.Of("显示现状后即结束", "End when everything has been shown as it is now") };

    public WatchCommand() : base("watch", Words.Of(
        """
        实时查看一地及其下一级的指标

        服务器重启后自行接续，不漏变动。非终端时逐行输出；--output json 时每个事件一行，含心跳。以 Ctrl-C 结束。

        示例：clusterpulse watch 3205
        clusterpulse watch 32 --indicator local_linkage_ratio --indicator fdi_source_hhi
        clusterpulse watch 3205 --output json | jq -c .observation
        """,
        """
        Show the indicators of a region and of those in it as they change

        It goes on by itself after the server was restarted, and no change is lost. Where there is no terminal it prints lines; with
        --output json each event is a line, heartbeats too. Ctrl-C ends it.

        Example: clusterpulse watch 3205
        clusterpulse watch 32 --indicator local_linkage_ratio --indicator fdi_source_hhi
        clusterpulse watch 3205 --output json | jq -c .observation
        """))
    {
        Add(_places);
        Add(_indicators);
        Add(_once);
    }

    protected override async Task<ExitCode> RunAsync(ServerSession session, ParseResult parsed, CancellationToken cancellation)
    {
        var places = parsed.GetRequiredValue(_places).Select(PlaceWords.Name).ToList();
        var chosen = parsed.GetValue(_indicators) is { Length: > 0 } named ? named : session.Output.IsJson ? [] : Headline;
        var request = new WatchHealthRequest { Parents = { places }, Indicators = { chosen } };
        var live = !session.Output.IsJson && AnsiConsole.Profile.Capabilities.Ansi && !Console.IsOutputRedirected;
        using var view = live ? (IWatchView)new LiveWatchView(AnsiConsole.Console, chosen) : new LineWatchView(session.Output);
        var stream = new HealthStream(new(session.Channel), request, e => view.Broke(e.Status.Detail));
        try
        {
            await view.RunAsync(async () =>
            {
                await foreach (var message in stream.ReadAsync(cancellation))
                {
                    view.Take(message);
                    if (parsed.GetValue(_once) && message.EventCase == WatchHealthResponse.EventOneofCase.SnapshotEnd)
                        return;
                }
            });
            return ExitCode.Done;
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
        {
            throw PlaceArgument.Unknown(string.Join(' ', places));
        }
        catch (Exception e) when (session.IsInterrupted && e is OperationCanceledException or RpcException { StatusCode: StatusCode.Cancelled })
        {
            // That is how a watch ends; --timeout is told as everywhere.
            return ExitCode.Done;
        }
    }
}

/// <summary>Where a watch is shown.</summary>
internal interface IWatchView : IDisposable
{
    /// <summary>Shows while <paramref name="watch"/> runs.</summary>
    Task RunAsync(Func<Task> watch);

    /// <summary>An event came.</summary>
    void Take(WatchHealthResponse message);

    /// <summary>The connection broke and is made anew.</summary>
    void Broke(string why);
}

/// <summary>A line for each event.</summary>
internal sealed class LineWatchView(ResultOutput output) : IWatchView
{
    private bool _broken;

    public Task RunAsync(Func<Task> watch) => watch();

    public void Take(WatchHealthResponse message)
    {
        if (_broken)
            Console.Error.WriteLine(Words.Of("已重新连接。", "Connected again."));
        _broken = false;
        if (output.IsJson || message.EventCase == WatchHealthResponse.EventOneofCase.Observation)
        {
            var figure = message.Observation;
            output.PrintLine(message, _ => Console.Out.WriteLine($"{figure.Name}\t{figure.Id()}{figure.LabelWords()}\t{figure.Period}\t{figure.ValueWords()}"));
        }
    }

    public void Broke(string why)
    {
        if (!_broken)
            Console.Error.WriteLine(Words.Of($"连接中断，正在重试：{why}", $"The connection broke, trying again: {why}"));
        _broken = true;
    }

    public void Dispose()
    {
    }
}
