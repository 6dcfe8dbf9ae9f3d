using System.Collections.Immutable;
using ClusterPulse.Aggregation;
using ClusterPulse.Clusters;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.Indicators.Clusters;
using ClusterPulse.Regions;
using ClusterPulse.Registry;
using ClusterPulse.UnitTests.Indicators;
using ClusterPulse.UnitTests.Reference;
using Microsoft.Extensions.Time.Testing;

namespace ClusterPulse.UnitTests.Aggregation;

/// <summary>Suzhou, in as many activations as a test opens, over what the store holds of it, with the nation that it is compared with.</summary>
internal sealed class LivePlaceWorld : IDisposable
{
    public static readonly Month Now = new(2004, 12);
    public static readonly PlaceIdentity Suzhou = new("regions/3205", "prefecture", "regions/32", "苏州", "Suzhou", "江苏·苏州");

    private readonly object[] _tables;
    private readonly SharedTablesSource _source;
    private readonly StandingsSource _standings;
    private readonly SurroundingsSource _surroundings;
    private readonly PlaceFiguresFactory _figures;
    private readonly IFactStore _store;
    private readonly List<LivePlace> _opened = [];
    private DenominatorTable? _nation;
    private StandingsTable? _table;
    private int _nations;

    public LivePlaceWorld(LoadedReference reference, params ClusterWatch[] watched)
    {
        _tables = [new CellLevelState(CellLevels.Newest, CellLevels.Newest), watched, Array.Empty<PeriodClosed>()];
        _source = new(TablesStore.Of(_tables));
        var (catalogue, grains) = (new IndicatorCatalogue(), Grains());
        var formulas = new IndicatorFormulas(catalogue, reference.Data);
        _standings = new(grains, formulas, _source, reference.Data, Time);
        _surroundings = new(grains, formulas, _source, _standings);
        _figures = new(formulas, catalogue, _source, _surroundings);
        _store = Answering.As<IFactStore>((method, _) => method.Name switch
        {
            nameof(IFactStore.ReadPositionsAsync) => new ValueTask<CommitVector>(Log.ReadPositionsAsync()),
            nameof(IFactStore.LoadNewestVintagesAsync) => new ValueTask<IReadOnlyList<Vintage>>(Log.LoadNewestVintagesAsync()),
            _ => throw new NotSupportedException(method.Name),
        });
        _source.RefreshAsync().AsTask().GetAwaiter().GetResult();
    }

    public PlaceLog Log { get; } = new();

    public FakeTimeProvider Time { get; } = new(new(2005, 1, 10, 0, 0, 0, TimeSpan.Zero));

    public HeardMetrics Metrics { get; } = new();

    /// <summary>An activation, not loaded yet.</summary>
    public LivePlace Open()
    {
        var place = new LivePlace(Suzhou, new(Suzhou.Place, Log), _store, _figures, Metrics.Metrics, Time);
        _opened.Add(place);
        return place;
    }

    public async Task<LivePlace> OpenLoadedAsync()
    {
        var place = Open();
        await place.EnsureLoadedAsync();
        return place;
    }

    /// <summary>The table of closed months is read with this in it.</summary>
    public async Task CloseAsync(Feed feed, Month period)
    {
        _tables[2] = new PeriodClosed[] { new(feed, period, "centre") };
        await _source.RefreshAsync();
    }

    /// <summary>What the nation gives for comparison comes down.</summary>
    public async Task CompareWithAsync(CellTable nation)
    {
        _nation = new($"{++_nations}", Denominators.Of(nation, Peer.Nation).Encode());
        await _surroundings.RefreshAsync([Suzhou]);
    }

    /// <summary>The standings come down, in which the place stands among others.</summary>
    public async Task StandAmongAsync(StandingsTable table)
    {
        _table = table;
        await _standings.ExchangeAsync(_opened);
    }

    /// <summary>A firm registers, and reports so many employed, half of them in textiles.</summary>
    public static CellTable Firm(Month month, long persons) => Report(month, persons).Active(month, 1, "private");

    /// <summary>It reports another month.</summary>
    public static CellTable Report(Month month, long persons) => new CellTable()
        .Reported(Feed.Employment, month, month).Employ("17", month, persons / 2).Employ("39", month, persons - (persons / 2));

    /// <summary>It employs so many more, all of them in textiles.</summary>
    public static CellTable More(long persons, Month? month = null) => new CellTable().Employ("17", month ?? Now, persons);

    /// <summary>What a place's members are told apart by.</summary>
    public static CellTable Member(long members, long high, long low) =>
        new CellTable().With(Dimensions.MembersCell, members).With(Dimensions.HighCell, high).With(Dimensions.LowCell, low);

    public static ImmutableDictionary<int, long> At(params ReadOnlySpan<(int Writer, long Sequence)> positions)
    {
        var all = ImmutableDictionary.CreateBuilder<int, long>();
        foreach (var (writer, sequence) in positions)
            all[writer] = sequence;
        return all.ToImmutable();
    }

    public void Dispose()
    {
        foreach (var place in _opened)
            place.Dispose();
        Metrics.Dispose();
    }

    private IGrainFactory Grains()
    {
        var nation = Region((peer, stamp) => peer == Peer.Nation && _nation?.Stamp != stamp ? _nation : null);
        var parent = Region((_, _) => null);
        var standings = Answering.As<IStandingsGrain>((method, args) => method.Name == nameof(IStandingsGrain.GetTableAsync)
            ? Task.FromResult(_table?.Stamp == (string?)args[0] ? null : _table)
            : Task.FromResult("activation"));
        return Answering.As<IGrainFactory>((method, args) =>
            method.ReturnType == typeof(IStandingsGrain) ? standings : args[0] is "CN" ? nation : parent);

        static IRegionGrain Region(Func<Peer, string?, DenominatorTable?> answer) => Answering.As<IRegionGrain>((method, args) =>
            method.Name == nameof(IRegionGrain.GetDenominatorsAsync)
                ? Task.FromResult(answer((Peer)args[0]!, (string?)args[1]))
                : throw new NotSupportedException(method.Name));
    }
}
