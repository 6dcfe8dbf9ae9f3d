using System.Collections;
using System.Globalization;
using System.Text;
using ClusterPulse.Cli.Files.Mapping;
using ClusterPulse.Cli.Files.Rows;
using ClusterPulse.Cli.Language;
using ClusterPulse.Cli.Server;
using CsvHelper;
using CsvHelper.Configuration;

namespace ClusterPulse.Cli.Files;

/// <summary>
/// Rows that were rejected, as they stand in the file, with the reasons in columns in front: mended, the file can be sent. A row that
/// makes several reports is written once: what is found out about it after that is shown on the screen, and again when it is sent mended.
/// </summary>
internal sealed class RejectsFile : IDisposable
{
    private readonly CsvWriter _csv;
    private readonly HashSet<int> _skip;

    /// <summary>A bit for each line of the file: 1.2 MiB for ten million. While a file is sent, what cannot be read of a row is known long
    /// before the server refuses what else stands in it.</summary>
    private readonly BitArray _written = new(1);
    private FileReport? _last;

    /// <param name="file">Where to.</param>
    /// <param name="header">The file's column names.</param>
    /// <param name="delimiter">What separates its cells.</param>
    /// <exception cref="CommandFailure">It cannot be written.</exception>
    public RejectsFile(FileInfo file, IReadOnlyList<string> header, char delimiter)
    {
        try
        {
            // Spreadsheet programs need the mark to read UTF-8.
            _csv = new(
                new StreamWriter(file.FullName, append: false, new UTF8Encoding(true)),
                new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = delimiter.ToString(), NewLine = "\n" });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileTrouble.Unreadable(file.ToString(), e);
        }
        _skip = [.. Enumerable.Range(0, header.Count).Where(i => Headers.Contains(header[i]))];
        Write(Headers, header);
    }

    /// <summary>The rejects of a file. What its title lines or its mapping say of all rows stands in a mapping beside them, since a file of
    /// rejects has neither.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="file">What was rejected from.</param>
    /// <exception cref="CommandFailure">It cannot be written.</exception>
    public static RejectsFile Of(FileInfo to, ReportFile file)
    {
        var rejects = new RejectsFile(to, file.Header, file.Delimiter);
        var mapping = file.Mapping with { HeaderLine = null, Sheet = null };
        var beside = FileMapping.Beside(to);
        try
        {
            if (beside.Exists || mapping.ToJson() != ProposalOf(file).ToJson())
                File.WriteAllText(beside.FullName, mapping.ToJson());
            return rejects;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            rejects.Dispose();
            throw FileTrouble.Unreadable(beside.ToString(), e);
        }
    }

    /// <summary>Says no before anything is read, where the rejects of these files cannot go to that file.</summary>
    /// <exception cref="CommandFailure">There are several files, or it is one of them.</exception>
    public static void Check(FileInfo? to, FileInfo[] files)
    {
        if (to is null)
            return;
        if (files.Length > 1)
            throw CommandFailure.Usage(Words.Of("--rejects 只用于单个文件。", "--rejects is for one file at a time."), Words.Of("请逐个处理。", "Give them one by one."));
        if (files[0].FullName == to.FullName)
            throw CommandFailure.Usage(Words.Of("--rejects 不得为所读取的文件。", "--rejects must not be the file that is read."), Words.Of("请另指定文件。", "Name another file."));
    }

    /// <summary>How the header alone would be read.</summary>
    private static FileMapping ProposalOf(ReportFile file) =>
        MappingProposal.Propose([new(1, [.. file.Header])], file.Name, sheet: null, isSemicolon: false) with { HeaderLine = null };

    /// <summary>Its own columns, which are passed over when it is read.</summary>
    public static IReadOnlyList<string> Headers { get; } = ["reject_line", "reject_column", "reject_value", "reject_reason", "reject_rule"];

    /// <summary>Adds the rows of a report with what is wrong with them.</summary>
    public void Add(FileReport rejected)
    {
        if (_last is { } last && last.FirstLine <= rejected.FirstLine && rejected.LastLine <= last.LastLine)
        {
            _last = last with { Problems = [.. last.Problems, .. rejected.Problems.Except(last.Problems)] };
            return;
        }
        Flush();
        _last = rejected;
    }

    public void Dispose()
    {
        Flush();
        _csv.Dispose();
    }

    private void Flush()
    {
        if (_last is not { } report)
            return;
        _last = null;
        if (!MarkWritten(report))
            return;
        string[] reasons =
        [
            report.FirstLine.ToString(CultureInfo.InvariantCulture), Join(report, p => p.Column), Join(report, p => p.Value),
            Join(report, p => p.Reason), Join(report, p => p.Rule),
        ];
        // Of a report of several rows the first carries the reasons.
        foreach (var row in report.Rows)
        {
            Write(reasons, row);
            reasons = [reasons[0], "", "", "", ""];
        }
    }

    /// <summary>False where all its lines were written before.</summary>
    private bool MarkWritten(FileReport report)
    {
        if (report.LastLine >= _written.Length)
            _written.Length = Math.Max((int)report.LastLine + 1, 2 * _written.Length);
        var isNew = false;
        for (var line = (int)report.FirstLine; line <= report.LastLine; line++)
        {
            isNew |= !_written[line];
            _written[line] = true;
        }
        return isNew;
    }

    private void Write(IReadOnlyList<string> reasons, IReadOnlyList<string> cells)
    {
        foreach (var reason in reasons)
            _csv.WriteField(Harmless(reason));
        // These are the bureau's own: they come back as they were.
        for (var i = 0; i < cells.Count; i++)
        {
            if (!_skip.Contains(i))
                _csv.WriteField(cells[i]);
        }
        _csv.NextRecord();
    }

    private static string Join(FileReport report, Func<FileProblem, string> part) => string.Join("; ", report.Problems.Select(part).Distinct());

    /// <summary>A spreadsheet program runs what begins like a formula; what we add never does.</summary>
    private static string Harmless(string text) => text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + text : text;
}
