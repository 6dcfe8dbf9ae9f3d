using ClusterPulse.Cli.Files;
using ClusterPulse.Cli.Language;
using ClusterPulse.Cli.Server;

namespace ClusterPulse.Cli.Sending;

/// <summary>A file that is sent: it can be read from its beginning as often as it takes.</summary>
internal sealed class SendFile : IDisposable
{
    private readonly FileInfo _path;
    private readonly Func<ReportFile> _open;
    private readonly (long Length, DateTime Written) _stamp;
    private ReportFile _file;
    private OldestFirst? _order;
    private bool _isFresh = true;

    /// <param name="path">Where it lies.</param>
    /// <param name="open">Opens it.</param>
    /// <param name="isBackfill">The oldest month is sent first.</param>
    /// <exception cref="CommandFailure">It cannot be read.</exception>
    public SendFile(FileInfo path, Func<ReportFile> open, bool isBackfill)
    {
        (_path, _open, IsBackfill) = (path, open, isBackfill);
        _file = open();
        _stamp = Stamp();
        Identity = new(path.Name, _file.Sha256, _file.Reading + (isBackfill ? "\nbackfill" : ""));
    }

    /// <summary>What submission it is.</summary>
    public SubmissionFile Identity { get; }

    /// <summary>The oldest month is sent first.</summary>
    public bool IsBackfill { get; }

    public string Name => _path.Name;

    /// <summary>As it is open now.</summary>
    public ReportFile Opened => _file;

    /// <summary>How much of it is read, 0 to 1.</summary>
    public double Done => _order?.Done ?? _file.Done;

    /// <summary>Its reports from the first.</summary>
    /// <exception cref="CommandFailure">It was changed since it was opened.</exception>
    public IAsyncEnumerable<FileReport> ReportsAsync()
    {
        if (!IsBackfill)
            return ReadAsync();
        _order?.Dispose();
        _order = new();
        return _order.SortAsync(ReadAsync());
    }

    public void Dispose()
    {
        _order?.Dispose();
        _file.Dispose();
    }

    private async IAsyncEnumerable<FileReport> ReadAsync()
    {
        if (!_isFresh)
        {
            _file.Dispose();
            _file = _open();
        }
        _isFresh = false;
        await Task.CompletedTask;
        foreach (var report in _file.Reports())
            yield return report;
        ThrowIfChanged();
    }

    private void ThrowIfChanged()
    {
        _path.Refresh();
        if (Stamp() != _stamp)
        {
            throw new CommandFailure(
                Words.Of($"{Name} 在报送过程中被改动。", $"{Name} was changed while it was sent."),
                Words.Of("请再次运行：改动后的文件作为另一份报送，已入库的行不会重复。", "Run it again: changed, it is another submission; what is in already is not counted twice."));
        }
    }

    private (long Length, DateTime Written) Stamp() => (_path.Length, _path.LastWriteTimeUtc);
}
