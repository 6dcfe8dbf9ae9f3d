using System.CommandLine;
using ClusterPulse.Cli.Server;
using ClusterPulse.V1;
using Spectre.Console;

namespace ClusterPulse.Cli.Administration;

/// <summary>Rival sets: who competes with whom.</summary>
internal static class RivalsCommand
{
    public static Command Create() => new("rivals", "Regions that compete for the same investment · 竞争区域组")
    {
        new RivalsListCommand(), new RivalsSetCommand(), new RivalsDeleteCommand(),
    };

    public static Argument<string> Id() => new("set") { Description = "Id of the set: a-z, 0-9 and -" };

    public static Option<string> DecidedBy() => new("--decided-by") { Description = "Who decided · 决定人", Required = true };

    public static string Name(string id) => id.StartsWith("rivalSets/", StringComparison.Ordinal) ? id : "rivalSets/" + id;

    public static void Show(IAnsiConsole console, IEnumerable<RivalSet> sets)
    {
        var table = new Table { Border = TableBorder.Simple }.AddColumns("set", "name", "regions", "sources", "industries");
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
internal sealed class RivalsListCommand() : ServerCommand("list", "Show all rival sets · 列出")
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
        Description = "Code of a region that competes, such as 3205; once for each, at least two",
        Required = true,
    };

    private readonly Option<string[]> _sources = new("--source") { Description = "Source economy to watch in particular, such as TW" };
    private readonly Option<string[]> _industries = new("--industry") { Description = "Industry to watch in particular, GB/T 4754, such as 39" };
    private readonly Option<string> _zh = new("--name-zh") { Description = "Chinese name", DefaultValueFactory = _ => "" };
    private readonly Option<string> _en = new("--name-en") { Description = "English name", DefaultValueFactory = _ => "" };
    private readonly Option<string> _decidedBy = RivalsCommand.DecidedBy();
    private readonly Option<string> _reason = new("--reason") { Description = "Why · 理由", Required = true };

    public RivalsSetCommand() : base(
        "set",
        """
        Make a rival set, or make it anew as a whole · 设定

        Example: clusterpulse rivals set taiwan-it --region 3205 --region 4419 --source TW --industry 39 --decided-by centre --reason "IT moves"
        """)
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
    private readonly Option<string> _decidedBy = RivalsCommand.DecidedBy();

    public RivalsDeleteCommand() : base("delete", "Take a rival set back; history keeps what was said · 删除")
    {
        Add(_id);
        Add(_decidedBy);
    }

    protected override async Task<ExitCode> RunAsync(ServerSession session, ParseResult parsed, CancellationToken cancellation)
    {
        var name = RivalsCommand.Name(parsed.GetRequiredValue(_id));
        var answer = await new PolicyService.PolicyServiceClient(session.Channel).DeleteRivalSetAsync(
            new() { Name = name, DecidedBy = parsed.GetRequiredValue(_decidedBy) }, cancellationToken: cancellation);
        session.Output.Print(answer, console => console.WriteLine($"{name} is no more · 已删除。"));
        return ExitCode.Done;
    }
}
