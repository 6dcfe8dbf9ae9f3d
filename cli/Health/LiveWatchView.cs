using System.Globalization;
using System.Threading.Channels;
using ClusterPulse.Cli.Explain;
using ClusterPulse.Cli.Language;
using ClusterPulse.V1;
using Spectre.Console;

namespace ClusterPulse.Cli.Health;

/// <summary>A table on a terminal: a row for each place, a column for each indicator, what has just changed in colour.</summary>
internal sealed class LiveWatchView(IAnsiConsole console, IReadOnlyList<string> indicators) : IWatchView
{
    private const int FewestRows = 3;
    private const int LinesAround = 7;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    private readonly SortedDictionary<string, Dictionary<string, (Observation Figure, DateTimeOffset Changed)>> _places = new(StringComparer.Ordinal);
    private readonly Channel<bool> _changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Lock _gate = new();
    private DateTimeOffset? _heard;
    private string? _broken;
    private bool _complete;

    public Task RunAsync(Func<Task> watch) => console.Live(Table()).AutoClear(false).StartAsync(async live =>
    {
        var watching = watch();
        var change = ChangeAsync();
        while (!watching.IsCompleted)
        {
            // Colours fade though nothing happens.
            await Task.WhenAny(watching, change, Task.Delay(Fresh / 2));
            // One that still waits is kept: given up, it would take the next change with it.
            if (change.IsCompleted)
                change = ChangeAsync();
            live.UpdateTarget(Table());
            await Task.WhenAny(watching, Task.Delay(TimeSpan.FromMilliseconds(250)));
        }
        live.UpdateTarget(Table());
        await watching;
    });

    private Task<bool> ChangeAsync() => _changed.Reader.ReadAsync().AsTask();

    public void Take(WatchHealthResponse message)
    {
        lock (_gate)
        {
            (_heard, _broken) = (DateTimeOffset.Now, null);
            _complete |= message.EventCase == WatchHealthResponse.EventOneofCase.SnapshotEnd;
            if (message.Observation is { } figure)
            {
                if (!_places.TryGetValue(figure.Name, out var figures))
                    _places[figure.Name] = figures = new(StringComparer.Ordinal);
                var key = figure.Id() + figure.LabelWords();
                var isNews = _complete && !(figures.TryGetValue(key, out var before) && before.Figure.IsSameAs(figure) && before.Figure.Period == figure.Period);
                figures[key] = (figure, isNews ? DateTimeOffset.Now : figures.TryGetValue(key, out var old) ? old.Changed : default);
            }
        }
        _changed.Writer.TryWrite(true);
    }

    public void Broke(string why)
    {
        lock (_gate)
            _broken = why;
        _changed.Writer.TryWrite(true);
    }

    public void Dispose() => _changed.Writer.TryComplete();

    private Table Table()
    {
        lock (_gate)
        {
            var table = new Table { Border = TableBorder.Simple }.AddColumn(Words.Of("地区", "place"));
            foreach (var indicator in indicators)
                table.AddColumn(new TableColumn(Markup.Escape(indicator)).RightAligned());
            var room = Math.Max(FewestRows, console.Profile.Height - LinesAround);
            foreach (var (place, figures) in _places.Take(room))
                table.AddRow([new Text(place), .. indicators.Select(i => Cell(figures, i))]);
            if (_places.Count > room)
                table.Caption(Words.Of($"另有 {_places.Count - room} 个地区，窗口更高时可见。", $"{_places.Count - room} more places; a higher window shows them."));
            return table.Title(Markup.Escape(State()));
        }
    }

    private string State() => _broken is { } why
        ? Words.Of($"连接中断，正在重试：{why}", $"The connection broke, trying again: {why}")
        : _heard is { } heard
            ? string.Create(CultureInfo.InvariantCulture, $"{Words.Of("最近消息", "last heard")} {heard:HH:mm:ss}")
            : Words.Of("正在读取……", "reading…");

    private static Text Cell(Dictionary<string, (Observation Figure, DateTimeOffset Changed)> figures, string indicator)
    {
        // One of several series of an indicator: the first says enough here; `health` has them all.
        var (_, (figure, changed)) = figures.FirstOrDefault(f => f.Value.Figure.Id() == indicator);
        return figure is null
            ? new("")
            : new(figure.ValueWords(), DateTimeOffset.Now - changed < Fresh ? new Style(Color.Yellow, decoration: Decoration.Bold) : Style.Plain);
    }
}
