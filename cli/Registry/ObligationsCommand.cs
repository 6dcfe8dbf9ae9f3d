using System.CommandLine;
using System.Globalization;
using ClusterPulse.Cli.Administration;
using ClusterPulse.Cli.Language;
using ClusterPulse.Cli.Sending;
using ClusterPulse.Cli.Server;
using ClusterPulse.V1;
using Spectre.Console;

namespace ClusterPulse.Cli.Registry;

/// <summary>Who owes which reports.</summary>
internal static class ObligationsCommand
{
    public static Command Create() => new("obligations", Words.Of("报送义务", "Who must report what"))
    {
        new ObligationsListCommand(), new ObligationsRulesCommand(), new ObligationsSetCommand(), new ObligationsDeleteCommand(),
    };

    public static string RuleName(string id) => id.StartsWith("obligationRules/", StringComparison.Ordinal) ? id : "obligationRules/" + id;

    public static void Show(IAnsiConsole console, IEnumerable<ObligationRule> rules)
    {
        var table = new Table { Border = TableBorder.Simple }.AddColumns(
            Words.Of("规则", "rule"), Words.Of("报表", "feeds"), Words.Of("义务", "says"), Words.Of("对象", "whom"), Words.Of("自", "from"), Words.Of("至", "to"));
        foreach (var rule in rules)
        {
            IEnumerable<string> whom =
                [.. rule.Enterprises, .. rule.Regions, .. rule.Industries, .. rule.Ownerships.Select(o => o.ToString()), .. rule.Sizes.Select(s => s.ToString())];
            string[] cells =
            [
                rule.Name, string.Join(' ', rule.Feeds.Select(FeedWords.Word)), rule.Exempt ? Words.Of("免报", "exempt") : Words.Of("须报", "must report"),
                string.Join(' ', whom), rule.ValidFrom, rule.ValidTo,
            ];
            table.AddRow([.. cells.Select(Markup.Escape)]);
        }
        console.Write(table);
    }
}

/// <summary>Shows who has not reported yet, feed by feed.</summary>
internal sealed class ObligationsListCommand : ServerCommand
{
    private readonly Option<string> _bureau = new("--bureau") { Description = Words.Of("机构，如 3205", "The bureau, such as 3205") };
    private readonly Option<string> _region = new("--region") { Description = Words.Of("区划代码", "A region instead of a bureau") };
    private readonly Option<string> _period = new("--period") { Description = Words.Of("报告期，YYYY-MM；省略则为上月", "The month; the last one without it"), DefaultValueFactory = _ => "" };
    private readonly Option<string[]> _feeds = new("--feed") { Description = Words.Of("只看该报表", "Only this feed") };
    private readonly Option<bool> _all = new("--all") { Description = Words.Of("含已报", "Also those that have reported") };
    private readonly Option<int> _limit = new("--limit") { Description = Words.Of("至多列出", "At most this many"), DefaultValueFactory = _ => 200 };

    public ObligationsListCommand() : base("list", Words.Of(
        """
        查看谁尚未报送

        示例：clusterpulse obligations list --bureau 3205 --period 2026-10
        """,
        """
        Show who has not reported yet

        Example: clusterpulse obligations list --bureau 3205 --period 2026-10
        """))
    {
        foreach (var option in new Option[] { _bureau, _region, _period, _feeds, _all, _limit })
            Add(option);
    }

    protected override async Task<ExitCode> RunAsync(ServerSession session, ParseResult parsed, CancellationToken cancellation)
    {
        var parent = (parsed.GetValue(_bureau), parsed.GetValue(_region)) switch
        {
            ({ } bureau, null) => BureauOption.Full(bureau),
            (null, { } region) => "regions/" + region,
            _ => throw CommandFailure.Usage(
                Words.Of("须指明 --bureau 或 --region 之一。", "Name one of --bureau and --region."), Words.Of("例如 --bureau 3205。", "For example --bureau 3205.")),
        };
        var client = new ObligationService.ObligationServiceClient(session.Channel);
        var feeds = (parsed.GetValue(_feeds) ?? []).Select(FeedWords.Required).ToList();
        var counts = await client.CountObligationsAsync(
            new() { Parent = parent, Period = parsed.GetRequiredValue(_period), Feeds = { feeds } }, cancellationToken: cancellation);
        var limit = parsed.GetRequiredValue(_limit);
        var all = new ListObligationsResponse();
        do
        {
            var request = new ListObligationsRequest
            {
                Parent = parent, Period = counts.Period, Feeds = { feeds }, PageToken = all.NextPageToken, PageSize = Math.Max(1, limit - all.Obligations.Count),
            };
            if (parsed.GetValue(_all))
                request.States.AddRange(Enum.GetValues<ObligationState>().Where(s => s != ObligationState.Unspecified));
            var page = await client.ListObligationsAsync(request, cancellationToken: cancellation);
            all.Obligations.AddRange(page.Obligations);
            all.NextPageToken = page.NextPageToken;
        }
        while (all.NextPageToken.Length > 0 && all.Obligations.Count < limit);
        session.Output.Print(all, console => Show(console, counts, all));
        return ExitCode.Done;
    }

    private static void Show(IAnsiConsole console, CountObligationsResponse counts, ListObligationsResponse all)
    {
        var summary = new Table { Border = TableBorder.Simple }.AddColumns(
            Words.Of("报表", "feed"), Words.Of("应报", "owed"), Words.Of("已报", "reported"), Words.Of("其中零报", "of them nil"), Words.Of("未报", "missing"),
            Words.Of("截止", "due"), Words.Of("宽限至", "grace until"));
        foreach (var c in counts.Counts)
        {
            summary.AddRow(
                FeedWords.Word(c.Feed), Number(c.Owed), Number(c.Reported), Number(c.Nil), Number(c.Missing),
                c.NotExpected ? Words.Of("本月无此报表", "no report this month") : c.DueDate, c.NotExpected ? "" : c.GraceDate);
        }
        console.Write(summary);
        var table = new Table { Border = TableBorder.Simple }.AddColumns(
            Words.Of("企业", "enterprise"), Words.Of("名称", "name"), Words.Of("区划", "region"), Words.Of("报表", "feed"), Words.Of("状态", "state"),
            Words.Of("上次报送", "last reported"), Words.Of("依据", "why"));
        foreach (var o in all.Obligations)
        {
            string[] cells =
            [
                o.Enterprise, $"{o.DisplayName.Zh} {o.DisplayName.En}".Trim(), o.Region, FeedWords.Word(o.Feed), State(o.State), o.LastReported,
                o.Rule.Length > 0 ? o.Rule : Words.Of("曾报送", "reported before"),
            ];
            table.AddRow([.. cells.Select(Markup.Escape)]);
        }
        console.Write(table);
        if (all.NextPageToken.Length > 0)
            console.WriteLine(Words.Of("还有更多；可用 --limit 增加。", "There are more; --limit takes them in."));
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string State(ObligationState state) => state switch
    {
        ObligationState.Reported => Words.Of("已报", "reported"),
        ObligationState.Nil => Words.Of("零报告", "nil"),
        ObligationState.Open => Words.Of("未到期", "open"),
        ObligationState.Late => Words.Of("迟报", "late"),
        _ => Words.Of("逾期", "overdue"),
    };
}

/// <summary>Shows the rules.</summary>
internal sealed class ObligationsRulesCommand() : ServerCommand("rules", Words.Of(
        """
        列出报送义务规则

        示例：clusterpulse obligations rules
        """,
        """
        Show the rules of who must report

        Example: clusterpulse obligations rules
        """))
{
    protected override async Task<ExitCode> RunAsync(ServerSession session, ParseResult parsed, CancellationToken cancellation)
    {
        var answer = await new ObligationService.ObligationServiceClient(session.Channel).ListObligationRulesAsync(new(), cancellationToken: cancellation);
        session.Output.Print(answer, console => ObligationsCommand.Show(console, answer.ObligationRules));
        return ExitCode.Done;
    }
}

/// <summary>Makes a rule, or makes it anew.</summary>
internal sealed class ObligationsSetCommand : ServerCommand
{
    private readonly Argument<string> _id = new("rule") { Description = Words.Of("规则标识：a-z、0-9、-", "Id of the rule: a-z, 0-9 and -") };
    private readonly Option<string[]> _feeds = new("--feed") { Description = Words.Of("报表", "Feed that it is about"), Required = true };
    private readonly Option<bool> _exempt = new("--exempt") { Description = Words.Of("免报", "They need not report") };
    private readonly Option<string[]> _enterprises = new("--enterprise") { Description = Words.Of("企业代码", "An enterprise") };
    private readonly Option<string[]> _regions = new("--region") { Description = Words.Of("区划代码", "A region") };
    private readonly Option<string[]> _industries = new("--industry") { Description = Words.Of("行业代码", "An industry") };
    private readonly Option<string[]> _ownerships = new("--ownership") { Description = Words.Of("登记注册类型，如外商", "An ownership, such as foreign") };
    private readonly Option<string[]> _sizes = new("--size") { Description = Words.Of("企业规模，如大型", "A size, such as large") };
    private readonly Option<string> _from = new("--from") { Description = Words.Of("首月", "First month"), DefaultValueFactory = _ => "" };
    private readonly Option<string> _to = new("--to") { Description = Words.Of("末月", "Last month"), DefaultValueFactory = _ => "" };
    private readonly Option<string> _decidedBy = DecidedBy.Create();
    private readonly Option<string> _reason = new("--reason") { Description = Words.Of("理由", "Why"), Required = true };

    public ObligationsSetCommand() : base("set", Words.Of(
        """
        设定规则：各条件须同时满足

        示例：clusterpulse obligations set large-firms --feed employment --size 大型 --region 3205 --decided-by 省局 --reason 年报制度
        """,
        """
        Set a rule: it is about those for whom all conditions hold

        Example: clusterpulse obligations set large-firms --feed employment --size large --region 3205 --decided-by centre --reason "the year's plan"
        """))
    {
        Add(_id);
        foreach (var option in new Option[] { _feeds, _exempt, _enterprises, _regions, _industries, _ownerships, _sizes, _from, _to, _decidedBy, _reason })
            Add(option);
    }

    protected override async Task<ExitCode> RunAsync(ServerSession session, ParseResult parsed, CancellationToken cancellation)
    {
        var rule = new ObligationRule
        {
            Name = ObligationsCommand.RuleName(parsed.GetRequiredValue(_id)),
            Exempt = parsed.GetValue(_exempt),
            ValidFrom = parsed.GetRequiredValue(_from),
            ValidTo = parsed.GetRequiredValue(_to),
        };
        rule.Feeds.AddRange(parsed.GetRequiredValue(_feeds).Select(FeedWords.Required));
        rule.Enterprises.AddRange((parsed.GetValue(_enterprises) ?? []).Select(CellWords.Enterprise));
        rule.Regions.AddRange(parsed.GetValue(_regions) ?? []);
        rule.Industries.AddRange(parsed.GetValue(_industries) ?? []);
        rule.Ownerships.AddRange((parsed.GetValue(_ownerships) ?? []).Select(w => OwnershipWords.Find(w) ?? throw Unknown("--ownership", w)));
        rule.Sizes.AddRange((parsed.GetValue(_sizes) ?? []).Select(w => CellWords.Size(w) ?? throw Unknown("--size", w)));
        var stored = await new ObligationService.ObligationServiceClient(session.Channel).UpdateObligationRuleAsync(
            new()
            {
                ObligationRule = rule, AllowMissing = true, DecidedBy = parsed.GetRequiredValue(_decidedBy), Reason = parsed.GetRequiredValue(_reason),
            },
            cancellationToken: cancellation);
        session.Output.Print(stored, console => ObligationsCommand.Show(console, [stored]));
        return ExitCode.Done;
    }

    private static CommandFailure Unknown(string option, string word) => CommandFailure.Usage(
        Words.Of($"{option} 为“{word}”。", $"{option} is '{word}'."), Words.Of("docs/registration.md 列出全部用词。", "docs/registration.md lists the words."));
}

/// <summary>Takes a rule back.</summary>
internal sealed class ObligationsDeleteCommand : ServerCommand
{
    private readonly Argument<string> _id = new("rule") { Description = Words.Of("规则标识", "Id of the rule") };
    private readonly Option<string> _decidedBy = DecidedBy.Create();

    public ObligationsDeleteCommand() : base("delete", Words.Of(
        """
        删除规则；历史保留

        示例：clusterpulse obligations delete large-firms --decided-by 省局
        """,
        """
        Take a rule back; history keeps what was said

        Example: clusterpulse obligations delete large-firms --decided-by centre
        """))
    {
        Add(_id);
        Add(_decidedBy);
    }

    protected override async Task<ExitCode> RunAsync(ServerSession session, ParseResult parsed, CancellationToken cancellation)
    {
        var name = ObligationsCommand.RuleName(parsed.GetRequiredValue(_id));
        var answer = await new ObligationService.ObligationServiceClient(session.Channel).DeleteObligationRuleAsync(
            new() { Name = name, DecidedBy = parsed.GetRequiredValue(_decidedBy) }, cancellationToken: cancellation);
        session.Output.Print(answer, console => console.WriteLine(Words.Of($"{name} 已删除。", $"{name} is no more.")));
        return ExitCode.Done;
    }
}
