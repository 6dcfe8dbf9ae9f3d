using System.CommandLine;
using ClusterPulse.Cli.Language;
using ClusterPulse.Cli.Server;
using ClusterPulse.V1;
using Spectre.Console;

namespace ClusterPulse.Cli.Administration;

/// <summary>Rival sets: who competes with whom.</summary>
internal static class RivalsCommand
{
    public static Command Create() => new("rivals", Words.Of("竞争区域组", "Regions that compete for the same investment"))
    {
        new RivalsListCommand(), new RivalsSetCommand(), new RivalsDeleteCommand(),
    };

    public static Argument<string> Id() => new("set") { Description = Words.Of("组的标识：a-z、0-9 和 -", "Id of the set: a-z, 0-9 and -") };

    public static string Name(string id) => id.StartsWith("rivalSets/", StringComparison.Ordinal) ? id : "rivalSets/" + id;

    public static void Show(IAnsiConsole console, IEnumerable<RivalSet> sets)
    {
        var table = new Table { Border = TableBorder.Simple }.AddColumns(
            Words.Of("组", "set"), Words.Of("名称", "name"), Words.Of("区域", "regions"), Words.Of("来源地", "sources"), Words.Of("行业", "industries"));
        foreach (var set in sets)
        {
            string[] cells =
            [
                set.Name, $"{set.DisplayName.Zh} {set.DisplayName.En}".Trim(), string.Join(' ', set.Regions), string.Join(' ', set.Sources),
                string.Join(' ', set.Industries),
            ];
            table.AddRow([.. cells.Select(Markup.Escape)]);
        }
        console.Write(table);
    }
}

/// <summary>Shows all sets.</summary>
internal sealed class RivalsListCommand() : ServerCommand(
    "list", Words.Of("列出全部竞争区域组\n\n示例：clusterpulse rivals list", "Show all rival sets\n\nExample: clusterpulse rivals list"))
{
    protected override async Task<ExitCode> RunAsync(ServerSession session, ParseResult parsed, CancellationToken cancellation)
    {
        var answer = await new PolicyService.PolicyServiceClient(session.Channel).ListRivalSetsAsync(new(), cancellationToken: cancellation);
        session.Output.Print(answer, console => RivalsCommand.Show(console, answer.RivalSets));
        return ExitCode.Done;
    }
}

/// <summary>Makes a set, or makes it anew.</summary>
internal sealed class RivalsSetCommand : ServerCommand
{
    private readonly Argument<string> _id = RivalsCommand.Id();

    private readonly Option<string[]> _regions = new("--region")
    {
        Description = Words.Of("竞争区域的代码，如 3205；每个一次，至少两个", "Code of a region that competes, such as 3205; once for each, at least two"),
        Required = true,
    };

    private readonly Option<string[]> _sources = new("--source") { Description = Words.Of("特别关注的资本来源地，如 TW", "Source economy to watch in particular, such as TW") };
    private readonly Option<string[]> _industries = new("--industry") { Description = Words.Of("特别关注的行业，GB/T 4754，如 39", "Industry to watch in particular, GB/T 4754, such as 39") };
    private readonly Option<string> _zh = new("--name-zh") { Description = Words.Of("中文名称", "Chinese name"), DefaultValueFactory = _ => "" };
    private readonly Option<string> _en = new("--name-en") { Description = Words.Of("英文名称", "English name"), DefaultValueFactory = _ => "" };
    private readonly Option<string> _decidedBy = DecidedBy.Create();
    private readonly Option<string> _reason = new("--reason") { Description = Words.Of("理由", "Why"), Required = true };

    public RivalsSetCommand() : base(
        "set",
        Words.Of(
            """
            设定竞争区域组；已有的整体更新

            示例：clusterpulse rivals set taiwan-it --region 3205 --region 4419 --source TW --industry 39 --decided-by 省局 --reason 产业转移
            """,
            """
            Make a rival set, or make it anew as a whole

            Example: clusterpulse rivals set taiwan-it --region 3205 --region 4419 --source TW --industry 39 --decided-by centre --reason "IT moves"
            """))
    {
        Add(_id);
        foreach (var option in new Option[] { _regions, _sources, _industries, _zh, _en, _decidedBy, _reason })
            Add(option);
    }

    protected override async Task<ExitCode> RunAsync(ServerSession session, ParseResult parsed, CancellationToken cancellation)
    {
        var stored = await new PolicyService.PolicyServiceClient(session.Channel).UpdateRivalSetAsync(
            new()
            {
                RivalSet = new()
                {
                    Name = RivalsCommand.Name(parsed.GetRequiredValue(_id)),
                    DisplayName = new() { Zh = parsed.GetRequiredValue(_zh), En = parsed.GetRequiredValue(_en) },
                    Regions = { parsed.GetRequiredValue(_regions) },
                    Sources = { parsed.GetValue(_sources) ?? [] },
                    Industries = { parsed.GetValue(_industries) ?? [] },
                },
                AllowMissing = true,
                DecidedBy = parsed.GetRequiredValue(_decidedBy),
                Reason = parsed.GetRequiredValue(_reason),
            },
            cancellationToken: cancellation);
        session.Output.Print(stored, console => RivalsCommand.Show(console, [stored]));
        return ExitCode.Done;
    }
}

/// <summary>Takes a set back.</summary>
internal sealed class RivalsDeleteCommand : ServerCommand
{
    private readonly Argument<string> _id = RivalsCommand.Id();
    private readonly Option<string> _decidedBy = DecidedBy.Create();

    public RivalsDeleteCommand() : base("delete", Words.Of(
        """
        删除竞争区域组；历史保留

        示例：clusterpulse rivals delete taiwan-it --decided-by 省局
        """,
        """
        Take a rival set back; history keeps what was said

        Example: clusterpulse rivals delete taiwan-it --decided-by centre
        """))
    {
        Add(_id);
        Add(_decidedBy);
    }

    protected override async Task<ExitCode> RunAsync(ServerSession session, ParseResult parsed, CancellationToken cancellation)
    {
        var name = RivalsCommand.Name(parsed.GetRequiredValue(_id));
        var answer = await new PolicyService.PolicyServiceClient(session.Channel).DeleteRivalSetAsync(
            new() { Name = name, DecidedBy = parsed.GetRequiredValue(_decidedBy) }, cancellationToken: cancellation);
        session.Output.Print(answer, console => console.WriteLine(Words.Of($"{name} 已删除。", $"{name} is no more.")));
        return ExitCode.Done;
    }
}
