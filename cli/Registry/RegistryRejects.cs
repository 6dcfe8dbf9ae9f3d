using System.Globalization;
using CsvHelper;

namespace ClusterPulse.Cli.Registry;

/// <summary>Rows that were rejected, as they stand in the file, with the reason in front: mended, the file can be imported.</summary>
internal sealed class RegistryRejects : IDisposable
{
    private readonly CsvWriter? _csv;

    /// <param name="file">Where to; null: nowhere.</param>
    /// <param name="header">The file's header.</param>
    public RegistryRejects(FileInfo? file, string[] header)
    {
        if (file is null)
            return;
        // Spreadsheet programs need the mark to read UTF-8.
        _csv = new(new StreamWriter(file.FullName, append: false, new System.Text.UTF8Encoding(true)), CultureInfo.InvariantCulture);
        Write([.. Headers, .. header.Except(Headers)]);
        _skip = [.. header.Select((h, i) => (h, i)).Where(c => Headers.Contains(c.h)).Select(c => c.i)];
    }

    private readonly HashSet<int> _skip = [];

    /// <summary>Its own columns, which an import passes over.</summary>
    public static IReadOnlyList<string> Headers { get; } = ["reject_line", "reject_column", "reject_reason", "reject_rule"];

    public void Add(RegistryRow row, IReadOnlyList<RegistryProblem> problems) => Write(
    [
        row.Line.ToString(CultureInfo.InvariantCulture), string.Join("; ", problems.Select(p => p.Column)),
        string.Join("; ", problems.Select(p => p.Reason)), string.Join("; ", problems.Select(p => p.Rule)),
        .. row.Cells.Where((_, i) => !_skip.Contains(i)),
    ]);

    public void Dispose() => _csv?.Dispose();

    private void Write(string[] cells)
    {
        if (_csv is null)
            return;
        foreach (var cell in cells)
            _csv.WriteField(cell);
        _csv.NextRecord();
    }
}
