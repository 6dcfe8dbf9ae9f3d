using System.CommandLine;
using System.Globalization;
using ClusterPulse.Cli.Administration;
using ClusterPulse.Cli.Health;
using ClusterPulse.Cli.Language;
using ClusterPulse.Cli.Server;
using ClusterPulse.V1;
using Spectre.Console;

namespace ClusterPulse.Cli.Policies;

/// <summary>From which value on a figure is a reason for an alert.</summary>
internal static class PolicyCommand
{
    public static Command Create() => new("policy", Words.Of("预警阈值", "Thresholds of alerts"))
    {
        new PolicyListCommand(), new PolicyGetCommand(), new PolicySetCommand(), new PolicyResetCommand(),
    };

    public static Argument<string> Region() => new("region") { Description = Words.Of("区划代码，如 3205（苏州）", "Code of a region, such as 3205 (Suzhou)") };

    public static Argument<string> Policy() => new("policy")
    {
        Description = Words.Of("阈值标识，如 local-linkage-low；policy list 列出全部", "Id of the policy, such as local-linkage-low; policy list has all"),
    };

    public static string Name(string region, string policy) => $"{PlaceWords.Name(region)}/alertPolicies/{policy}";

    public static void Show(IAnsiConsole console, IEnumerable<AlertPolicy> policies)
    {
        var table = new Table { Border = TableBorder.Simple }.AddColumn(Words.Of("阈值", "policy"));
        table.AddColumn(new TableColumn(Words.Of("数值", "threshold")).RightAligned());
        table.AddColumn(Words.Of("出自", "origin"));
        foreach (var policy in policies)
        {
            table.AddRow(
                new Text(policy.Name[(policy.Name.LastIndexOf('/') + 1)..]), new Text(policy.Threshold.ToString("0.######", CultureInfo.InvariantCulture)),
                new Text(policy.Origin == "default" ? Words.Of("默认", "default") : policy.Origin));
        }
        console.Write(table);
    }
}

/// <summary>Shows all thresholds of a region.</summary>
internal sealed class PolicyListCommand : ServerCommand
{
    private readonly Argument<string> _region = PolicyCommand.Region();

    public PolicyListCommand() : base("list", Words.Of(
        """
        列出一地的全部阈值及其出处

        阈值向下继承，直至下级另行设定。

        示例：clusterpulse policy list 3205
        """,
        """
        Show all thresholds of a region and where they come from

        A threshold holds for a region and everything below it, until a lower region has its own.

        Example: clusterpulse policy list 3205
        """)) => Add(_region);

    protected override async Task<ExitCode> RunAsync(ServerSession session, ParseResult parsed, CancellationToken cancellation)
    {
        var answer = await new PolicyService.PolicyServiceClient(session.Channel).ListAlertPoliciesAsync(
            new() { Parent = PlaceWords.Name(parsed.GetRequiredValue(_region)) }, cancellationToken: cancellation);
        session.Output.Print(answer, console => PolicyCommand.Show(console, answer.AlertPolicies));
        return ExitCode.Done;
    }
}

/// <summary>Shows one threshold.</summary>
internal sealed class PolicyGetCommand : ServerCommand
{
    private readonly Argument<string> _region = PolicyCommand.Region();
    private readonly Argument<string> _policy = PolicyCommand.Policy();

    public PolicyGetCommand() : base("get", Words.Of(
        """
        查看一个阈值

        示例：clusterpulse policy get 3205 local-linkage-low
        """,
        """
        Show one threshold

        Example: clusterpulse policy get 3205 local-linkage-low
        """))
    {
        Add(_region);
        Add(_policy);
    }

    protected override async Task<ExitCode> RunAsync(ServerSession session, ParseResult parsed, CancellationToken cancellation)
    {
        var (region, id) = (parsed.GetRequiredValue(_region), parsed.GetRequiredValue(_policy));
        var answer = await new PolicyService.PolicyServiceClient(session.Channel).ListAlertPoliciesAsync(
            new() { Parent = PlaceWords.Name(region) }, cancellationToken: cancellation);
        var policy = answer.AlertPolicies.FirstOrDefault(p => p.Name.EndsWith("/" + id, StringComparison.Ordinal)) ?? throw new CommandFailure(
            Words.Of($"没有阈值“{id}”。", $"There is no policy '{id}'."),
            Words.Of($"clusterpulse policy list {region} 列出全部。", $"clusterpulse policy list {region} has all of them."));
        session.Output.Print(policy, console => PolicyCommand.Show(console, [policy]));
        return ExitCode.Done;
    }
}

/// <summary>Sets a threshold.</summary>
internal sealed class PolicySetCommand : ServerCommand
{
    private readonly Argument<string> _region = PolicyCommand.Region();
    private readonly Argument<string> _policy = PolicyCommand.Policy();
    private readonly Argument<double> _threshold = new("threshold") { Description = Words.Of("数值", "The value") };
    private readonly Option<string> _decidedBy = DecidedBy.Create();
    private readonly Option<string> _reason = new("--reason") { Description = Words.Of("理由", "Why"), Required = true };

    public PolicySetCommand() : base("set", Words.Of(
        """
        设定阈值，适用于该地及其下各级

        示例：clusterpulse policy set 3205 local-linkage-low 0.3 --decided-by 省局 --reason 年度调整
        """,
        """
        Set a threshold for a region and everything below it

        Example: clusterpulse policy set 3205 local-linkage-low 0.3 --decided-by centre --reason "yearly review"
        """))
    {
        foreach (var argument in new Argument[] { _region, _policy, _threshold })
            Add(argument);
        Add(_decidedBy);
        Add(_reason);
    }

    protected override async Task<ExitCode> RunAsync(ServerSession session, ParseResult parsed, CancellationToken cancellation)
    {
        var stored = await new PolicyService.PolicyServiceClient(session.Channel).UpdateAlertPolicyAsync(
            new()
            {
                AlertPolicy = new()
                {
                    Name = PolicyCommand.Name(parsed.GetRequiredValue(_region), parsed.GetRequiredValue(_policy)),
                    Threshold = parsed.GetRequiredValue(_threshold),
                },
                DecidedBy = parsed.GetRequiredValue(_decidedBy),
                Reason = parsed.GetRequiredValue(_reason),
            },
            cancellationToken: cancellation);
        session.Output.Print(stored, console => PolicyCommand.Show(console, [stored]));
        return ExitCode.Done;
    }
}

/// <summary>Takes a region's own threshold back.</summary>
internal sealed class PolicyResetCommand : ServerCommand
{
    private readonly Argument<string> _region = PolicyCommand.Region();
    private readonly Argument<string> _policy = PolicyCommand.Policy();
    private readonly Option<string> _decidedBy = DecidedBy.Create();

    public PolicyResetCommand() : base("reset", Words.Of(
        """
        取消该地自设的阈值，恢复继承上级

        示例：clusterpulse policy reset 3205 local-linkage-low --decided-by 省局
        """,
        """
        Take a region's own threshold back: what the region above says holds again

        Example: clusterpulse policy reset 3205 local-linkage-low --decided-by centre
        """))
    {
        Add(_region);
        Add(_policy);
        Add(_decidedBy);
    }

    protected override async Task<ExitCode> RunAsync(ServerSession session, ParseResult parsed, CancellationToken cancellation)
    {
        var effective = await new PolicyService.PolicyServiceClient(session.Channel).DeleteAlertPolicyAsync(
            new() { Name = PolicyCommand.Name(parsed.GetRequiredValue(_region), parsed.GetRequiredValue(_policy)), DecidedBy = parsed.GetRequiredValue(_decidedBy) },
            cancellationToken: cancellation);
        session.Output.Print(effective, console => PolicyCommand.Show(console, [effective]));
        return ExitCode.Done;
    }
}
