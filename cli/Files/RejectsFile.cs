using System.Globalization;
using System.Text;
using ClusterPulse.Cli.Files.Mapping;
using ClusterPulse.Cli.Files.Rows;
using CsvHelper;
using CsvHelper.Configuration;

namespace ClusterPulse.Cli.Files;

/// <summary>
/// Rows that were rejected, as they stand in the file, with the reasons in columns in front: mended, the file can be sent. A row that
/// makes several reports is written once.
/// </summary>
internal sealed class RejectsFile : IDisposable
{
    private readonly CsvWriter _csv;
    private readonly HashSet<int> _skip;
    private FileReport? _last;

    /// <param name="file">Where to.</param>
    /// <param name="header">The file's column names.</param>
    /// <param name="delimiter">What separates its cells.</param>
    /// <exception cref="Server.CommandFailure">It cannot be written.</exception>
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
    /// <exception cref="Server.CommandFailure">It cannot be written.</exception>
    public static RejectsFile Of(FileInfo to, ReportFile file)
    {
        var rejects = new RejectsFile(to, file.Header, file.Delimiter);
        var mapping = file.Mapping with { HeaderLine = null, Sheet = null };
        var beside = FileMapping.Beside(to);
        if (beside.Exists || mapping.ToJson() != ProposalOf(file).ToJson())
            File.WriteAllText(beside.FullName, mapping.ToJson());
        return rejects;
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
        _last = null;
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
