using ClusterPulse.Cli.Files.Rows;
using ClusterPulse.Cli.Language;
using ClusterPulse.Cli.Server;

namespace ClusterPulse.Cli.Registry;

/// <summary>A file of registration: its header, and its rows one after the other.</summary>
internal sealed class RegistryFile : IDisposable
{
    private readonly FileInfo _file;
    private readonly IFileRows _rows;
    private readonly IReadOnlyDictionary<string, int> _places;

    /// <exception cref="CommandFailure">It cannot be read, or lacks a column that must be there.</exception>
    public RegistryFile(FileInfo file, IReadOnlyList<RegistryColumn> columns, params string[] required)
    {
        _file = file;
        _rows = FileRows.Open(file);
        Header = _rows.Read() ? [.. _rows.Cells.Select(c => c.Trim('\uFEFF', ' '))] : [];
        _places = RegistryColumns.Match(columns, Header, out var unknown);
        Unknown = unknown;
        var missing = required.Where(r => !_places.ContainsKey(r)).Select(r => columns.First(c => c.Field == r)).ToList();
        if (missing.Count == 0)
            return;
        _rows.Dispose();
        var names = string.Join(", ", missing.Select(c => $"{c.Headers[0]} ({c.Field})"));
        throw new CommandFailure(
            Words.Of($"{file.Name}:1：缺少列 {names}。", $"{file.Name}:1: these columns are missing: {names}."),
            Words.Of("首行须为列名；docs/registration.md 列出全部列名。", "The first line names the columns; docs/registration.md lists them all."));
    }

    public string[] Header { get; }

    /// <summary>Headers of columns that are not read.</summary>
    public IReadOnlyList<string> Unknown { get; }

    /// <summary>The rows that are left.</summary>
    public IEnumerable<RegistryRow> Rows()
    {
        while (_rows.Read())
            yield return new(_rows.Line, [.. _rows.Cells.Select(c => c.Trim())], Header, _places) { Trouble = _rows.Trouble };
    }

    /// <summary>SHA-256 of the file, in hexadecimal.</summary>
    public string Sha256() => FileContent.Sha256(FileSource.Of(_file));

    public void Dispose() => _rows.Dispose();
}
