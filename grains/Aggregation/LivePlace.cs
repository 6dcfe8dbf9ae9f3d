using System.Collections.Immutable;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.Indicators.Clusters;
using ClusterPulse.Regions;

namespace ClusterPulse.Aggregation;

/// <summary>
/// One activation of a place: its aggregator, let in one call at a time, and the figures made from its cells. Grains wire it
/// to calls; the silo's registry tells it about floors and asks it for figures.
/// </summary>
public sealed class LivePlace(
    PlaceIdentity identity, Aggregator aggregator, IFactStore store, PlaceFiguresFactory figures, PulseMetrics metrics, TimeProvider time)
    : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly OwnDenominators _denominators = new(time);
    private readonly string _activation = Guid.NewGuid().ToString("N");
    private readonly FigureMemory _own = new();
    private readonly FigureMemory _compared = new();
    private readonly FigureMemory _ofClusters = new();
    private readonly FigureChanges _unpublished = new(aggregator.Mark());
    private readonly FigureChanges _unsettled = new(aggregator.Mark());
    private Dictionary<(string, string, Month), Vintage>? _vintages;
    private PlaceHealth? _health;
    private (long Tables, string Surroundings) _published = (0, "");
    private (long Tables, string Surroundings) _settled = (0, "");
    private Task? _loading;

    public PlaceIdentity Identity => identity;

    /// <summary>Newest figures; null until loaded. Older than the cells by at most the registry's interval.</summary>
    public PlaceHealth? Published => Volatile.Read(ref _health);

    /// <summary>Its cells are there.</summary>
    public bool IsLoaded => _loading is { IsCompletedSuccessfully: true };

    /// <summary>Loads in the background; every other call waits for it.</summary>
    public Task EnsureLoadedAsync()
    {
        var loading = _loading;
        if (loading is null || loading.IsFaulted)
            _loading = loading = LockedAsync(async () => await aggregator.LoadAsync());
        return loading;
    }

    public async Task<long> ReceiveAsync(DeltaMessage message)
    {
        await EnsureLoadedAsync();
        return await LockedAsync(async () =>
        {
            if (await aggregator.ReceiveAsync(message) == Reception.CaughtUp)
                metrics.CaughtUp();
            return aggregator.Known(message.Writer);
        });
    }

    public async Task CatchUpAsync(IReadOnlyDictionary<int, long> positions)
    {
        await EnsureLoadedAsync();
        await LockedAsync(async () =>
        {
            CommitVector? stored = null;
            foreach (var (writer, sequence) in positions)
            {
                if (sequence <= aggregator.Known(writer))
                    continue;
                // Positions come from outside: one that no writer has reached would make commits still to come count as known.
                stored ??= await store.ReadPositionsAsync(CancellationToken.None);
                await aggregator.CatchUpAsync(writer, Math.Min(sequence, stored[writer]));
            }
            return true;
        });
    }

    /// <summary>Its members, after catching up to the positions, and the positions that they are of.</summary>
    public async Task<MemberProbe> ProbeAsync(IReadOnlyDictionary<int, long> positions)
    {
        await CatchUpAsync(positions);
        return await LockedAsync(() =>
        {
            var members = MemberSums.In(aggregator.Cells);
            return ValueTask.FromResult(new MemberProbe(aggregator.KnownPositions.ToImmutableDictionary(), members.Members, members.High, members.Low));
        });
    }

    public async Task<bool> CheckpointThroughAsync(CommitVector positions)
    {
        await EnsureLoadedAsync();
        return await LockedAsync(async () =>
        {
            _vintages ??= (await store.LoadNewestVintagesAsync(identity.Place, CancellationToken.None))
                .ToDictionary(v => (v.Indicator, v.Labels, v.Period));
            var now = Around();
            CellView? view = null;
            IReadOnlyList<Vintage> settled = [];
            var stored = await aggregator.CheckpointThroughAsync(
                positions, cells => settled = NewVintages(view = figures.View(identity, cells), now));
            if (stored)
            {
                _settled = now;
                _unsettled.Seen(view!);
                foreach (var vintage in settled)
                    _vintages[(vintage.Indicator, vintage.Labels, vintage.Period)] = vintage;
            }
            else
            {
                _vintages = null;
            }
            return stored;
        });
    }

    public Task FloorMovedAsync() => LockedAsync(async () =>
    {
        if (IsLoaded)
            await aggregator.FloorMovedAsync();
        return true;
    });

    /// <summary>Figures of each indicator's newest complete month, or of one month.</summary>
    public async Task<PlaceHealth> HealthAsync(Month? period)
    {
        await EnsureLoadedAsync();
        return await LockedAsync(() => ValueTask.FromResult(period is { } month ? Health([.. figures.At(identity, aggregator.Cells, month)]) : Publish()));
    }

    /// <summary>Figures of which there are too many to hold them ready, each at its newest complete month.</summary>
    public async Task<ImmutableArray<PlaceFigure>> DetailsAsync()
    {
        await EnsureLoadedAsync();
        return await LockedAsync(() => ValueTask.FromResult<ImmutableArray<PlaceFigure>>([.. figures.NewestDetails(identity, aggregator.Cells)]));
    }

    /// <summary>What places below compare themselves with; null where the asker has the newest.</summary>
    public async Task<DenominatorTable?> DenominatorsAsync(Peer peer, string? stamp)
    {
        await EnsureLoadedAsync();
        return await LockedAsync(() => ValueTask.FromResult(_denominators.NewerThan(stamp, peer, aggregator)));
    }

    /// <summary>What it has for the standings; null where nothing has changed since the revision that was told, or nothing is loaded
    /// yet.</summary>
    public async Task<PlaceStanding?> StandingAsync(long? told)
    {
        if (!IsLoaded || told == aggregator.Revision)
            return null;
        return await LockedAsync(() => ValueTask.FromResult<PlaceStanding?>(
            new(identity.Place, _activation, aggregator.Revision, Standings.PartOf(aggregator.Cells, identity.Level).Encode())));
    }

    /// <summary>A copy of its cells of some measures.</summary>
    public async Task<PlaceCells> CellsAsync(ImmutableArray<Measure> measures)
    {
        await EnsureLoadedAsync();
        return await LockedAsync(() =>
        {
            var sums = new CellSums();
            foreach (var (key, amount) in aggregator.Cells.NonZero())
            {
                if (measures.Contains(key.Measure))
                    sums.Add(key, amount);
            }
            return ValueTask.FromResult(new PlaceCells(identity.Place, identity.NameZh, identity.NameEn, sums));
        });
    }

    /// <summary>Computes figures anew if cells or tables have changed.</summary>
    public async Task RefreshAsync()
    {
        await EnsureLoadedAsync();
        await LockedAsync(() => ValueTask.FromResult(Publish()));
    }

    public void Dispose() => _gate.Dispose();

    private PlaceHealth Publish()
    {
        var now = Around();
        if (_health is { } health && health.Revision == aggregator.Revision && _published == now)
            return health;
        var view = figures.View(identity, aggregator.Cells);
        if ((_published.Tables == now.Tables ? _unpublished.From(view) : Month.Earliest) is { } from)
        {
            _own.Forget(from);
            _compared.Forget(from);
            _ofClusters.Forget(from);
        }
        if (_published.Surroundings != now.Surroundings)
        {
            _compared.Clear();
            _ofClusters.Clear();
        }
        var fresh = Health([.. figures.NewestOwn(view, _own), .. figures.NewestAround(view, _compared, _ofClusters)]);
        _published = now;
        _unpublished.Seen(view);
        Volatile.Write(ref _health, fresh);
        return fresh;
    }

    /// <summary>What figures depend on beside the place's own cells.</summary>
    private (long Tables, string Surroundings) Around() => (figures.TablesRevision, figures.StampOfSurroundings(identity));

    private PlaceHealth Health(ImmutableArray<PlaceFigure> all) => new()
    {
        Place = identity.Place,
        Level = identity.Level,
        Parent = identity.Parent,
        NameZh = identity.NameZh,
        NameEn = identity.NameEn,
        Path = identity.Path,
        Figures = all,
        Revision = aggregator.Revision,
        ComputedAt = time.GetUtcNow(),
    };

    private List<Vintage> NewVintages(CellView view, (long Tables, string Surroundings) now)
    {
        var fresh = new List<Vintage>();
        var compared = figures.Compared;
        // A month that nothing can have changed is as it was settled last.
        var own = _settled.Tables == now.Tables ? _unsettled.From(view) : Month.Earliest;
        var around = _settled == now ? own : Month.Earliest;
        foreach (var figure in figures.Settled(view, own, around))
        {
            var vintage = new Vintage(
                figure.Indicator, figure.Figure.Labels, figure.Period, figure.Figure.Value, figure.Figure.Reason, figure.Status, figure.Coverage);
            if (!_vintages!.TryGetValue((vintage.Indicator, vintage.Labels, vintage.Period), out var before)
                || (before != vintage && !(compared.Contains(vintage.Indicator) && before.IsAsGoodAs(vintage))))
            {
                fresh.Add(vintage);
            }
        }
        return fresh;
    }

    private async Task<T> LockedAsync<T>(Func<ValueTask<T>> action)
    {
        await _gate.WaitAsync();
        try
        {
            return await action();
        }
        finally
        {
            _gate.Release();
        }
    }

    private Task<bool> LockedAsync(Func<Task> action) => LockedAsync(async () =>
    {
        await action();
        return true;
    });
}
