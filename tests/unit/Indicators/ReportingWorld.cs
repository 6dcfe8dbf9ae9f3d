using ClusterPulse.Aggregation;
using ClusterPulse.Enterprises;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.Regions;
using ClusterPulse.Registry;
using ClusterPulse.UnitTests.Reference;

namespace ClusterPulse.UnitTests.Indicators;

/// <summary>Enterprises of the real region tree that register and report, and what the places above them show.</summary>
internal sealed class ReportingWorld(LoadedReference reference)
{
    private readonly Geography _geography = new(reference.Data, _ => null);
    private readonly IndicatorFormulas _formulas = new(new(), reference.Data);
    private readonly Dictionary<string, EnterpriseState> _enterprises = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CellTable> _places = new(StringComparer.Ordinal);
    private readonly HashSet<(Feed Feed, Month Period)> _closed = [];
    private readonly List<Change> _changes = [];

    /// <summary>What would be committed, in order.</summary>
    public IReadOnlyList<Change> Changes => _changes;

    /// <summary>Months that are over.</summary>
    public IReadOnlySet<(Feed Feed, Month Period)> Closed => _closed;

    /// <summary>An enterprise is this from a month on.</summary>
    public void Register(string enterprise, string region, Ownership ownership, Month from, string industry = "3911") => Change(enterprise, draft => draft.Register(new()
    {
        ValidFrom = from,
        Region = region,
        Industry = industry,
        Ownership = ownership,
    }));

    /// <summary>An enterprise is closed from a month on.</summary>
    public void Close(string enterprise, Month from) => Change(enterprise, draft => draft.Register(
        draft.State.ProfileAt(from)! with { ValidFrom = from, Closed = true }));

    /// <summary>Its state, as stored.</summary>
    public EnterpriseState State(string enterprise) => _enterprises[enterprise];

    /// <summary>The complete lines of a month, or of the year up to it; a higher revision each time. No line: nil.</summary>
    public void Report(string enterprise, Feed feed, Month period, Basis basis, params ReportLine[] lines) => Change(enterprise, draft =>
    {
        var key = new ReportKey(feed, period);
        var content = new ReportContent { Basis = basis, Nil = lines.Length == 0, Lines = [.. lines.Select(l => Judged(l, period))] };
        draft.Write(new(key, new()
        {
            Revision = (draft.State.Reports.GetValueOrDefault(key)?.Revision ?? 0) + 1,
            Content = content,
            Origin = new("3205", "s", _changes.Count),
            ContentHash = ContentHash.Of(content),
        }));
    });

    /// <summary>Of a month alone.</summary>
    public void Report(string enterprise, Feed feed, Month period, params ReportLine[] lines) =>
        Report(enterprise, feed, period, Basis.Month, lines);

    /// <summary>Takes a report back.</summary>
    public void Withdraw(string enterprise, Feed feed, Month period) => Change(enterprise, draft =>
    {
        var key = new ReportKey(feed, period);
        draft.Write(new(key, draft.State.Reports[key] with { Withdrawn = true }) { Withdrawal = new("3205", "mistaken") });
    });

    /// <summary>A month of a feed is over.</summary>
    public void Close(Feed feed, Month period) => _closed.Add((feed, period));

    /// <summary>Cells of a place that anything was committed for.</summary>
    public CellTable Cells(string place) => _places[place];

    /// <summary>What gauges show.</summary>
    public IReadOnlyList<PlaceFigure> Newest(string place) => [.. _formulas.Newest(View(place))];

    /// <summary>What a query for a month is answered.</summary>
    public IReadOnlyList<PlaceFigure> At(string place, Month period) => [.. _formulas.At(View(place), period)];

    /// <summary>What history holds.</summary>
    public IReadOnlyList<PlaceFigure> Settled(string place) => [.. _formulas.Settled(View(place))];

    /// <summary>Declared rivals; places are compared with nobody else here.</summary>
    public RivalSet? Rivals { get; set; }

    private CellView View(string place) => _formulas.View(_places[place], ExchangeRates.None, _closed, Rivals is null ? null : Surroundings.None with
    {
        Rivals = ClusterPulse.Indicators.Rivals.Of(
            IndicatorFormulas.RivalsOf(place, RivalSet.ByRegion([Rivals])),
            region => _places.TryGetValue(Places.Region(region), out var cells)
                ? _formulas.View(Denominators.Of(cells, Peer.Rivals), ExchangeRates.None, _closed)
                : null),
    });

    public static ReportLine Yuan(long fen) => new() { Currency = "CNY", Amount = fen };

    public static ReportLine Persons(long persons) => new() { Currency = "", Amount = persons };

    public static ReportLine Invested(string source, long cents, string currency = "USD") =>
        new() { Currency = currency, Amount = cents, Fdi = new() { Source = source, UltimateSource = source } };

    public static ReportLine Bought(string supplier, long fen) =>
        new() { Currency = "CNY", Amount = fen, Supplier = new() { Kind = SupplierKind.Enterprise, Id = supplier } };

    private void Change(string enterprise, Action<EnterpriseDraft> what)
    {
        var draft = new EnterpriseDraft(_enterprises.GetValueOrDefault(enterprise) ?? EnterpriseState.Unknown(enterprise), _geography);
        what(draft);
        var change = draft.ToChange();
        foreach (var (place, sums) in DeltaSummer.Sum([change], [true], _geography))
        {
            if (!_places.TryGetValue(place, out var table))
                _places.Add(place, table = new());
            foreach (var (key, amount) in sums)
                table.Add(key, amount);
        }
        _enterprises[enterprise] = draft.Committed();
        _changes.Add(change);
    }

    /// <summary>As the grain does.</summary>
    private ReportLine Judged(ReportLine line, Month period) => line.Supplier is not { } supplier ? line : line with
    {
        Supplier = supplier with
        {
            Judgement = SupplierDirectory.Judge(
                _enterprises.GetValueOrDefault(supplier.Id) ?? EnterpriseState.Unknown(supplier.Id), period, _geography.Locality),
        },
    };
}

/// <summary>Picks from figures.</summary>
internal static class PickedFigures
{
    /// <summary>The one figure of an indicator with these labels.</summary>
    public static PlaceFigure Of(this IEnumerable<PlaceFigure> figures, string indicator, string labels = "") =>
        figures.Single(f => f.Indicator == indicator && f.Figure.Labels == labels);

    /// <summary>What a figure says, without what it was computed from.</summary>
    public static IReadOnlyList<(string Indicator, string Labels, Month Period, double? Value)> Said(this IEnumerable<PlaceFigure> figures) =>
        [.. figures.Select(f => (f.Indicator, f.Figure.Labels, f.Period, f.Figure.Value))];
}
