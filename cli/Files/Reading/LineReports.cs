using System.Collections.Immutable;
using ClusterPulse.Cli.Files.Rows;
using ClusterPulse.Cli.Language;
using ClusterPulse.Ingest;
using ClusterPulse.V1;

namespace ClusterPulse.Cli.Files.Reading;

/// <summary>
/// Reports of several rows, while their rows go by. A report is the complete set of its lines and replaces what is stored: one of whose
/// rows a single one is missing must not be sent, so a row that cannot be read puts the reports beside it in doubt.
/// </summary>
internal sealed class LineReports(string file, FileLimits limits)
{
    private readonly List<Group> _open = [];
    private bool _inDoubt;

    /// <summary>A row comes of this enterprise and period: reports of others are at their end.</summary>
    public void Leave(string enterprise, string period, List<FileReport> into)
    {
        if (_open.Count == 0 || (_open[0].Report.Enterprise == enterprise && _open[0].Report.Period == period))
            return;
        End(into);
    }

    /// <summary>The row was read.</summary>
    public void Settle() => _inDoubt = false;

    /// <summary>A row that may be of any report.</summary>
    public void Doubt()
    {
        foreach (var group in _open)
            group.Doubt();
        _inDoubt = true;
    }

    /// <summary>Adds a row with one line.</summary>
    /// <param name="row">The row.</param>
    /// <param name="report">A report of this line alone.</param>
    /// <param name="isFirst">Whether the file had no report of the same key before.</param>
    public void Add(RowCells row, Report report, Func<bool> isFirst)
    {
        if (_open.Find(g => g.Report.Feed == report.Feed) is { } open)
        {
            open.Add(row, report, limits.RowsOfReport);
            return;
        }
        var group = new Group(row, report);
        if (_inDoubt)
            group.Doubt();
        if (!isFirst())
            group.Wrong(row.Line, report.Enterprise, Words.Of("该报表的其他行在文件前面，各行须相邻。", "Other rows of this report stand further up; they must stand one after the other."));
        _open.Add(group);
    }

    /// <summary>No more rows come of those that are open.</summary>
    public void End(List<FileReport> into)
    {
        foreach (var group in _open)
            into.Add(group.End(file));
        _open.Clear();
    }

    /// <summary>One report with the rows it has so far.</summary>
    private sealed class Group(RowCells first, Report report)
    {
        private readonly List<ImmutableArray<string>> _rows = [.. first.Row];
        private readonly List<FileProblem> _problems = [.. first.Problems];
        private long _lastLine = first.LastLine;

        public Report Report => report;

        public void Add(RowCells row, Report line, int mostRows)
        {
            if (_rows.Count >= mostRows)
            {
                // What is beyond is told once and not held: the report is refused whole.
                if (_rows.Count == mostRows && _problems.TrueForAll(p => p.Reason != Reasons.TooMany))
                    _problems.Add(new(row.Line, "", report.Enterprise, Reasons.TooMany, Words.Of($"一份报表至多 {mostRows:N0} 行。", $"A report has at most {mostRows:N0} rows.")));
                _lastLine = row.LastLine;
                return;
            }
            if (row.Line != _lastLine || row.LastLine != _lastLine)
                _rows.AddRange(row.Row);
            _lastLine = row.LastLine;
            _problems.AddRange(row.Problems);
            if ((line.Basis, line.Revision, line.Status, line.Note) != (report.Basis, report.Revision, report.Status, report.Note))
                Wrong(row.Line, report.Enterprise, ReasonWords.Of(Reasons.InconsistentRows));
            if (line.Fdi is { } fdi)
                report.Fdi.Lines.AddRange(fdi.Lines);
            else
                report.Linkage.Lines.AddRange(line.Linkage.Lines);
        }

        public void Doubt()
        {
            if (_problems.TrueForAll(p => p.Reason != Reasons.InconsistentRows))
                Wrong(first.Line, report.Enterprise, Words.Of(
                    "相邻行无法读取，可能属于本报表：报表各行须齐全。更正后请重新报送该报表的全部行。",
                    "A row beside it cannot be read and may belong to it: a report is sent with all its rows. Mend that row and send all rows of the report again."));
        }

        public void Wrong(long line, string value, string rule) => _problems.Add(new(line, "", value, Reasons.InconsistentRows, rule));

        public FileReport End(string file) => new(
            file, first.Line, _lastLine, FileAction.Report, _problems.Count == 0 ? report : null, [.. _problems], [.. _rows]);
    }
}
