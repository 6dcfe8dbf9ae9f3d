using System.Globalization;
using ClusterPulse.Cli.Files.Mapping;
using ClusterPulse.Cli.Files.Rows;
using ClusterPulse.Cli.Language;
using ClusterPulse.Ingest;
using ClusterPulse.V1;

namespace ClusterPulse.Cli.Files.Reading;

/// <summary>Makes reports of rows, in constant memory.</summary>
internal sealed class ReportReader(ColumnPlan plan, string file, FileLimits limits, bool isWorkbook)
{
    private readonly LineReports _lines = new(file, limits);
    private readonly RecentReports _recent = new();
    private readonly List<FileReport> _made = [];

    /// <summary>The reports of the rows that are left.</summary>
    public IEnumerable<FileReport> Read(IFileRows rows)
    {
        while (rows.Read())
        {
            _made.Clear();
            if ((rows.Trouble ?? CountCells(rows.Cells)) is { } trouble)
                Broken(rows, trouble);
            else
                Whole(new(plan, rows.Line, rows.LastLine, rows.Cells));
            foreach (var report in _made)
                yield return report;
        }
        _made.Clear();
        _lines.End(_made);
        foreach (var report in _made)
            yield return report;
    }

    private RowTrouble? CountCells(string[] cells)
    {
        if (cells.Length == plan.Header.Count || isWorkbook)
            return null;
        if (cells.Length > plan.Header.Count && cells.Skip(plan.Header.Count).All(c => c.Length == 0))
            return null;
        return new(Reasons.MalformedRow, cells.Length.ToString(CultureInfo.InvariantCulture), Words.Of(
            $"该行有 {cells.Length} 个单元格，列名有 {plan.Header.Count} 个：分隔符或引号缺失或多余。",
            $"The row has {cells.Length} cells, the header {plan.Header.Count}: a separator or a quote is missing, or stands where none belongs."));
    }

    private void Broken(IFileRows rows, RowTrouble trouble)
    {
        _lines.Doubt();
        _made.Add(new(
            file, rows.Line, rows.LastLine, FileAction.Report, null, [new(rows.Line, "", trouble.Value, trouble.Reason, trouble.Rule)], [[.. rows.Cells]]));
    }

    private void Whole(RowCells row)
    {
        if (plan.HasLines)
            row.CheckKey();
        if (row.Problems.Length > 0)
        {
            if (row.HasLostKey)
                _lines.Doubt();
            _made.Add(Report(row, null));
            return;
        }
        _lines.Leave(row.Enterprise, row.Period, _made);
        var feeds = Feeds(row);
        if (feeds.Count == 0)
        {
            if (plan.HasLines)
                _lines.Doubt();
            if (plan.At(FileField.Feed) >= 0 && row.Feed is null)
                row.Wrong(FileField.Feed, Reasons.MissingField);
            else
                row.Wrong(plan.Amounts.First(a => a.Field.MakesReport()), Reasons.MissingField);
            _made.Add(Report(row, null));
            return;
        }
        foreach (var (feed, column) in feeds)
        {
            // What is wrong with one value of a row says nothing of the others.
            var own = new RowCells(row);
            if (feed is Feed.Fdi or Feed.Linkage && !own.IsNil && own.Action == FileAction.Report)
                AddLine(own, feed, column);
            else
                _made.Add(Alone(own, feed, column));
        }
        _lines.Settle();
    }

    /// <summary>What the row reports: the feed it names, or those whose columns are filled.</summary>
    private List<(Feed Feed, AmountColumn? Column)> Feeds(RowCells row)
    {
        var feeds = new List<(Feed, AmountColumn?)>(plan.Amounts.Count);
        foreach (var column in plan.Amounts)
        {
            if (!column.Field.MakesReport() || (row.Text(column).Length == 0 && !row.IsNil && !NamesLine(row, column.Field)))
                continue;
            if (FeedOf(column.Field) is { } own)
                feeds.Add((own, column));
            else if (row.Feed is { } named)
                feeds.Add((named, column));
        }
        // A line without its amount is a line with a mistake, and to withdraw needs none.
        if (feeds.Count == 0 && row.Feed is { } feed && plan.At(FileField.Value) >= 0)
            feeds.Add((feed, row.Action == FileAction.Withdraw ? null : plan.Amounts.First(a => a.Field == FileField.Value)));
        return feeds;
    }

    /// <summary>The row names whom a line is of: without its amount that is a mistake, not a row without the line.</summary>
    private static bool NamesLine(RowCells row, FileField amount)
    {
        ReadOnlySpan<FileField> names = amount switch
        {
            FileField.Utilised => [FileField.Source, FileField.UltimateSource, FileField.Investor],
            FileField.Purchases => [FileField.Supplier, FileField.SupplierCode, FileField.SupplierRegion, FileField.SupplierEconomy],
            _ => [],
        };
        foreach (var name in names)
        {
            if (row.Code(name).Length > 0)
                return true;
        }
        return false;
    }

    private static Feed? FeedOf(FileField field) => field switch
    {
        FileField.Output => Feed.Output,
        FileField.Export => Feed.Export,
        FileField.Employment => Feed.Employment,
        FileField.Utilised => Feed.Fdi,
        FileField.Purchases => Feed.Linkage,
        _ => null,
    };

    private FileReport Alone(RowCells row, Feed feed, AmountColumn? column)
    {
        var report = Head(row, feed, column);
        if (row.Action == FileAction.Withdraw)
        {
            if (row.Code(FileField.Counterpart).Length > 0)
            {
                row.Wrong(FileField.Counterpart, Reasons.InconsistentRows, Words.Of(
                    "撤回的是整份报表：请留空，或以动作 R 重新报送其余各行。", "A report is withdrawn as a whole: leave it empty, or send the lines that remain with action R."));
            }
        }
        else if (row.IsNil)
        {
            report.Nil = true;
            if (column is not null && row.Text(column).Trim('0', '.', ',', '-').Length > 0)
                row.Wrong(column, Reasons.BodyMismatch);
        }
        else if (feed == Feed.Employment)
        {
            report.Employment = new() { Persons = row.Persons(column!) ?? 0 };
        }
        else if (feed == Feed.Output)
        {
            report.Output = new() { Value = row.Money(column!) };
        }
        else
        {
            report.Export = new() { Value = row.Money(column!) };
        }
        if (row.Problems.Length == 0 && !_recent.Add(row.Action, report))
        {
            row.Wrong(FileField.Enterprise, Reasons.RepeatedLine, Words.Of(
                "文件中该企业、报告期、报表类别已有一行：请合并，或以修订号区分。", "Another row of the file has this enterprise, period and feed: add them up, or number them by revision."));
        }
        return Report(row, report);
    }

    private void AddLine(RowCells row, Feed feed, AmountColumn? column)
    {
        var report = Head(row, feed, column);
        if (feed == Feed.Fdi)
            (report.Fdi ??= new()).Lines.Add(LineCells.Fdi(row, column!, plan));
        else
            (report.Linkage ??= new()).Lines.Add(LineCells.Linkage(row, column!));
        _lines.Add(row, report, () => _recent.Add(FileAction.Report, report));
    }

    private Report Head(RowCells row, Feed feed, AmountColumn? column) => new()
    {
        Enterprise = row.Enterprise, Period = row.Period, Feed = feed, Revision = row.Revision, Status = row.Status, Note = row.Note,
        Basis = column?.Basis ?? row.Basis ?? plan.Basis ?? Basis.Unspecified,
    };

    private FileReport Report(RowCells row, Report? report) =>
        new(file, row.Line, row.LastLine, row.Action, row.Problems.Length == 0 ? report : null, row.Problems, row.Row);
}
