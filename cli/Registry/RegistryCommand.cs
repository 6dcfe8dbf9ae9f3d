using System.CommandLine;
using ClusterPulse.Cli.Language;
using ClusterPulse.Cli.Output;
using ClusterPulse.Cli.Server;
using ClusterPulse.V1;
using Spectre.Console;

namespace ClusterPulse.Cli.Registry;

/// <summary>Who is registered, where and as what.</summary>
internal static class RegistryCommand
{
    public static Command Create() => new("registry", Words.Of("企业与园区登记", "Enterprises and estates that are registered"))
    {
        new RegistryImportCommand(), new RegistryShowCommand(), new RegistryListCommand(), new RegistryRegionsCommand(),
    };

    public static Table EnterpriseTable(IEnumerable<Enterprise> enterprises)
    {
        var table = new Table { Border = TableBorder.Simple }.AddColumns(
            [.. new[]
            {
                Words.Of("企业", "enterprise"), Words.Of("名称", "name"), Words.Of("自", "from"), Words.Of("区划", "region"), Words.Of("园区", "estate"),
                Words.Of("行业", "industry"), Words.Of("类型", "ownership"), Words.Of("规模", "size"), Words.Of("状态", "state"),
            }.Select(h => new TableColumn(h))]);
        foreach (var e in enterprises)
        {
            var state = !e.Closed ? "" : e.Successor.Length == 0 ? Words.Of("已注销", "closed") : Words.Of($"并入 {e.Successor}", $"merged into {e.Successor}");
            string[] cells =
            [
                e.Name, $"{e.DisplayName?.Zh} {e.DisplayName?.En}".Trim(), e.ValidFrom, e.Region, e.Estate, e.Industry, e.Ownership.ToString(),
                e.Size == EnterpriseSize.Unspecified ? "" : e.Size.ToString(), state,
            ];
            table.AddRow([.. cells.Select(Markup.Escape)]);
        }
        return table;
    }
}

/// <summary>Takes enterprises or estates in from a file.</summary>
internal sealed class RegistryImportCommand : ServerCommand
{
    private readonly Argument<FileInfo> _file = new("file") { Description = Words.Of("CSV 或 .xlsx 文件", "CSV or .xlsx") };
    private readonly Option<string> _bureau = new("--bureau") { Description = Words.Of("报送机构，如 3205", "Who sends it, such as 3205") };
    private readonly Option<bool> _estates = new("--estates") { Description = Words.Of("文件为园区", "The file holds estates, not enterprises") };
    private readonly Option<FileInfo> _rejects = new("--rejects") { Description = Words.Of("将拒收的行及原因写入此文件", "Write rejected rows with the reason to this file") };

    public RegistryImportCommand() : base("import", Words.Of(
        """
        从文件登记企业或园区，或变更、迁移、注销、合并企业

        示例：clusterpulse registry import 企业.csv --bureau 3205 --rejects 拒收.csv
        """,
        """
        Register enterprises or estates from a file, or change, move, close and merge enterprises

        Example: clusterpulse registry import enterprises.csv --bureau 3205 --rejects rejects.csv
        """))
    {
        Add(_file);
        foreach (var option in new Option[] { _bureau, _estates, _rejects })
            Add(option);
    }

    protected override async Task<ExitCode> RunAsync(ServerSession session, ParseResult parsed, CancellationToken cancellation)
    {
        var path = parsed.GetRequiredValue(_file);
        var isEstates = parsed.GetValue(_estates);
        var bureau = parsed.GetValue(_bureau);
        if (!isEstates && bureau is null)
        {
            throw CommandFailure.Usage(
                Words.Of("须以 --bureau 指明报送机构。", "--bureau must say who sends the file."), Words.Of("例如 --bureau 3205。", "For example --bureau 3205."));
        }
        using var file = isEstates
            ? new RegistryFile(path, RegistryColumns.Estate, "name", "region", "valid_from")
            : new RegistryFile(path, RegistryColumns.Enterprise, "name", "valid_from");
        if (file.Unknown.Count > 0)
            Console.Error.WriteLine(Words.Of($"以下列未读取：{string.Join('、', file.Unknown)}", $"These columns are not read: {string.Join(", ", file.Unknown)}"));
        using var rejects = new RegistryRejects(parsed.GetValue(_rejects), file.Header);
        var tally = new ImportTally(path.Name, rejects);
        var registry = new RegistryService.RegistryServiceClient(session.Channel);
        Submission? submission = null;
        if (isEstates)
        {
            await new EstateImport(registry, tally).RunAsync(file.Rows(), cancellation);
        }
        else
        {
            using var counting = new RegistryFile(path, RegistryColumns.Enterprise);
            var total = counting.Rows().LongCount();
            using var import = new EnterpriseImport(registry, new(session.Channel), tally);
            submission = await ProgressView.ShowAsync(
                Words.Of("导入", "import"), show => import.RunAsync(bureau!, file.Sha256(), file.Rows(), total, show, cancellation));
        }
        session.Output.Print(Result(tally, submission), tally.Print);
        return tally.Rejected > 0 ? ExitCode.RowsRejected : ExitCode.Done;
    }

    /// <summary>For programs: the submission as the API has it, with the rows that were refused before they were sent.</summary>
    private static Submission Result(ImportTally tally, Submission? submission) => new(submission ?? new())
    {
        Accepted = tally.Accepted, Revised = tally.Revised, Duplicate = tally.Duplicate, Rejected = tally.Rejected, Warned = tally.Warned,
    };
}

/// <summary>Shows an enterprise.</summary>
internal sealed class RegistryShowCommand : ServerCommand
{
    private readonly Argument<string> _name = new("enterprise") { Description = Words.Of("企业代码", "Its code, such as 913205000000000001") };
    private readonly Option<bool> _history = new("--history") { Description = Words.Of("列出档案的全部版本", "All versions of its profile") };
    private readonly Option<string> _period = new("--period") { Description = Words.Of("截至该月，YYYY-MM", "As it is in this month, YYYY-MM"), DefaultValueFactory = _ => "" };

    public RegistryShowCommand() : base("show", Words.Of(
        """
        查看企业档案

        示例：clusterpulse registry show 913205000000000001 --history
        """,
        """
        Show an enterprise's profile

        Example: clusterpulse registry show 913205000000000001 --history
        """))
    {
        Add(_name);
        Add(_history);
        Add(_period);
    }

    protected override async Task<ExitCode> RunAsync(ServerSession session, ParseResult parsed, CancellationToken cancellation)
    {
        var registry = new RegistryService.RegistryServiceClient(session.Channel);
        var name = CellWords.Enterprise(parsed.GetRequiredValue(_name));
        if (parsed.GetValue(_history))
        {
            var versions = await registry.ListEnterpriseVersionsAsync(new() { Name = name }, cancellationToken: cancellation);
            session.Output.Print(versions, console => console.Write(RegistryCommand.EnterpriseTable(versions.Enterprises)));
            return ExitCode.Done;
        }
        var one = await registry.GetEnterpriseAsync(new() { Name = name, Period = parsed.GetRequiredValue(_period) }, cancellationToken: cancellation);
        session.Output.Print(one, console => console.Write(RegistryCommand.EnterpriseTable([one])));
        return ExitCode.Done;
    }
}

/// <summary>Lists enterprises.</summary>
internal sealed class RegistryListCommand : ServerCommand
{
    private readonly Option<string> _region = new("--region") { Description = Words.Of("区划代码", "Code of a region"), DefaultValueFactory = _ => "" };
    private readonly Option<string> _period = new("--period") { Description = Words.Of("截至该月，YYYY-MM", "As they are in this month, YYYY-MM"), DefaultValueFactory = _ => "" };
    private readonly Option<string> _industry = new("--industry") { Description = Words.Of("行业代码开头", "What their industry's code begins with"), DefaultValueFactory = _ => "" };
    private readonly Option<bool> _closed = new("--closed") { Description = Words.Of("含已注销企业", "Also those that are closed") };
    private readonly Option<int> _limit = new("--limit") { Description = Words.Of("至多列出", "At most this many"), DefaultValueFactory = _ => 1_000 };

    public RegistryListCommand() : base("list", Words.Of(
        """
        列出企业

        示例：clusterpulse registry list --region 3205 --period 2026-10
        """,
        """
        List enterprises

        Example: clusterpulse registry list --region 3205 --period 2026-10
        """))
    {
        foreach (var option in new Option[] { _region, _period, _industry, _closed, _limit })
            Add(option);
    }

    protected override async Task<ExitCode> RunAsync(ServerSession session, ParseResult parsed, CancellationToken cancellation)
    {
        var registry = new RegistryService.RegistryServiceClient(session.Channel);
        var all = new ListEnterprisesResponse();
        do
        {
            var page = await registry.ListEnterprisesAsync(
                new()
                {
                    Region = parsed.GetRequiredValue(_region),
                    Period = parsed.GetRequiredValue(_period),
                    Industry = parsed.GetRequiredValue(_industry),
                    ShowClosed = parsed.GetValue(_closed),
                    PageSize = Math.Max(1, parsed.GetRequiredValue(_limit) - all.Enterprises.Count),
                    PageToken = all.NextPageToken,
                },
                cancellationToken: cancellation);
            all.Enterprises.AddRange(page.Enterprises);
            all.NextPageToken = page.NextPageToken;
        }
        while (all.NextPageToken.Length > 0 && all.Enterprises.Count < parsed.GetRequiredValue(_limit));
        session.Output.Print(all, console =>
        {
            console.Write(RegistryCommand.EnterpriseTable(all.Enterprises));
            if (all.NextPageToken.Length > 0)
                console.WriteLine(Words.Of("还有更多；可用 --limit 增加。", "There are more; --limit takes them in."));
        });
        return ExitCode.Done;
    }
}

/// <summary>Lists regions, of today or of a month.</summary>
internal sealed class RegistryRegionsCommand : ServerCommand
{
    private readonly Argument<string> _parent = new("parent") { Description = Words.Of("上级区划代码；省略则列出国家", "Code of the region they lie in; without it nations"), DefaultValueFactory = _ => "" };
    private readonly Option<string> _asOf = new("--as-of") { Description = Words.Of("该月的区划，YYYY-MM", "The tree of this month, YYYY-MM"), DefaultValueFactory = _ => "" };

    public RegistryRegionsCommand() : base("regions", Words.Of(
        """
        列出下辖区域，含当时的旧代码

        示例：clusterpulse registry regions 3205 --as-of 2004-10
        """,
        """
        List the regions within one, with codes that were in use then

        Example: clusterpulse registry regions 3205 --as-of 2004-10
        """))
    {
        Add(_parent);
        Add(_asOf);
    }

    protected override async Task<ExitCode> RunAsync(ServerSession session, ParseResult parsed, CancellationToken cancellation)
    {
        var answer = await new RegistryService.RegistryServiceClient(session.Channel).ListRegionsAsync(
            new() { Parent = parsed.GetRequiredValue(_parent), AsOf = parsed.GetRequiredValue(_asOf) }, cancellationToken: cancellation);
        session.Output.Print(answer, console =>
        {
            var table = new Table { Border = TableBorder.Simple }.AddColumns(
                Words.Of("区域", "region"), Words.Of("名称", "name"), Words.Of("自", "from"), Words.Of("至", "to"), Words.Of("现为", "today"));
            foreach (var r in answer.Regions)
                table.AddRow(r.Name, Markup.Escape($"{r.DisplayName.Zh} {r.DisplayName.En}"), r.ValidFrom, r.ValidTo, string.Join(' ', r.Successors));
            console.Write(table);
        });
        return ExitCode.Done;
    }
}
