using System.Collections.Concurrent;
using System.Collections.Immutable;
using ClusterPulse.Aggregation;
using ClusterPulse.Indicators.Clusters;
using ClusterPulse.Maintenance;
using ClusterPulse.Reference;
using ClusterPulse.Regions;
using ClusterPulse.Registry;

namespace ClusterPulse.Explain;

/// <summary>Why a figure of a place has changed.</summary>
/// <param name="Indicator">Id.</param>
/// <param name="Text">See <see cref="ReasonText"/>.</param>
public readonly record struct ChangeReason(string Indicator, string Text);

/// <summary>What a pass over the places did.</summary>
/// <param name="Places">Places whose reasons were made anew.</param>
/// <param name="Explained">Figures that were explained.</param>
/// <param name="Busy">Time that this took, waiting for cells included.</param>
public readonly record struct ReasonPass(int Places, int Explained, TimeSpan Busy);

/// <summary>
/// Why figures have changed that alerts judge, of the places of this silo. An explanation needs the cells of other places, so it is
/// made beside the places, one after the other, with pauses: it may take a share of one processor and no more.
/// </summary>
public sealed class ReasonSource(
    IGrainFactory grains, Explainer explainer, ReferenceData reference, SharedTablesSource tables, TimeProvider time)
{
    /// <summary>How much longer it pauses than it works.</summary>
    private const int Pauses = 4;

    private readonly ConcurrentDictionary<string, Held> _held = new(StringComparer.Ordinal);

    private sealed record Held(ImmutableArray<PlaceFigure> Of, long MadeAt, ImmutableArray<ChangeReason> Reasons);

    /// <summary>The reasons of a place, at most one for each indicator; none where it has not been explained yet.</summary>
    public ImmutableArray<ChangeReason> Of(string place) => _held.TryGetValue(place, out var held) ? held.Reasons : [];

    /// <summary>Makes reasons anew of those places whose judged figures have changed since, and forgets places that are no more here.</summary>
    /// <param name="here">Newest figures of the places of this silo that have gauges.</param>
    /// <param name="leastAge">A place's reasons stay at least this long.</param>
    /// <param name="cancellation">Gives up between two places.</param>
    /// <exception cref="AggregateException">Some places could not be explained; they are tried again at the next pass.</exception>
    public async Task<ReasonPass> RefreshAsync(IReadOnlyCollection<PlaceHealth> here, TimeSpan leastAge, CancellationToken cancellation)
    {
        var names = here.Select(h => h.Place).ToHashSet(StringComparer.Ordinal);
        foreach (var place in _held.Keys)
        {
            if (!names.Contains(place))
                _held.TryRemove(place, out _);
        }
        IReadOnlySet<string>? populated = null;
        var pass = default(ReasonPass);
        var failures = new List<Exception>();
        foreach (var health in here)
        {
            cancellation.ThrowIfCancellationRequested();
            var judged = Judged(health);
            if (_held.TryGetValue(health.Place, out var held)
                && (time.GetElapsedTime(held.MadeAt) < leastAge || held.Of.AsSpan().SequenceEqual(judged.AsSpan(), SameValue.Instance)))
            {
                continue;
            }
            var started = time.GetTimestamp();
            try
            {
                populated ??= (await grains.GetGrain<IMaintenanceGrain>(0).ListPlacesAsync()).ToHashSet(StringComparer.Ordinal);
                var reasons = await ReasonsAsync(health, judged, populated);
                _held[health.Place] = new(judged, started, reasons);
                pass = pass with { Places = pass.Places + 1, Explained = pass.Explained + judged.Length };
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                failures.Add(e);
            }
            var busy = time.GetElapsedTime(started);
            pass = pass with { Busy = pass.Busy + busy };
            await Task.Delay(busy * Pauses, time, cancellation);
        }
        return failures.Count == 0 ? pass : throw new AggregateException(failures);
    }

    /// <summary>Newest figures of the place that alerts judge and that have a value.</summary>
    private static ImmutableArray<PlaceFigure> Judged(PlaceHealth health) =>
    [
        .. JudgedFigures.All.SelectMany(j => health.Figures.Where(f =>
            f.Indicator == j.Indicator && f.Figure.Value is not null && f.Figure.HasLabels(j.Labels)
            // Those of clusters stand beside the place's own.
            && !f.Figure.Labels.Contains(NamedCluster.LabelName, StringComparison.Ordinal)).Take(1)),
    ];

    private async Task<ImmutableArray<ChangeReason>> ReasonsAsync(PlaceHealth health, ImmutableArray<PlaceFigure> judged, IReadOnlySet<string> populated)
    {
        if (judged.IsEmpty)
            return [];
        // All cells of the place and of its children are taken once for all figures.
        ImmutableArray<Measure> measures = [.. judged.SelectMany(f => explainer.Reads(f.Indicator)).Distinct()];
        var whole = await grains.PlaceGrain(health.Place).GetCellsAsync(measures);
        var children = new List<PlaceCells>();
        foreach (var child in Children(health.Place).Where(populated.Contains))
            children.Add(await grains.PlaceGrain(child).GetCellsAsync(measures));
        var reasons = ImmutableArray.CreateBuilder<ChangeReason>();
        foreach (var figure in judged)
        {
            var meant = JudgedFigures.All.First(j => j.Indicator == figure.Indicator);
            var by = meant.By ?? (children.Count > 0 ? ExplainBy.Children : ExplainBy.Operands);
            var query = new ExplainQuery
            {
                Place = health.Place,
                Indicator = figure.Indicator,
                Labels = meant.Labels,
                From = figure.Period - JudgedFigures.Span,
                To = figure.Period,
                By = by,
                Above = health.Parent,
            };
            var now = tables.Current;
            var comparison = await explainer.CompareAsync(grains, query, now.RivalsByRegion);
            var reads = explainer.Reads(figure.Indicator).ToHashSet();
            var parts = by == ExplainBy.Children ? children.Select(c => Only(c, reads)).ToList() : [];
            if (ReasonText.Of(explainer.Explain(query, Only(whole, reads), parts, now.Rates, now.Closed, comparison)) is { } text)
                reasons.Add(new(figure.Indicator, text));
        }
        return reasons.ToImmutable();
    }

    private IEnumerable<string> Children(string place) => Places.IsRegion(place) && reference.Regions.TryGet(Places.Code(place), out var region)
        ? region.Children.Select(c => Places.Region(c.Code)).Order(StringComparer.Ordinal)
        : [];

    private static PlaceCells Only(PlaceCells place, HashSet<Measure> measures)
    {
        var some = new CellSums();
        foreach (var (key, amount) in place.Cells)
        {
            if (measures.Contains(key.Measure))
                some.Add(key, amount);
        }
        return place with { Cells = some };
    }

    /// <summary>Figures are the same if month and value are.</summary>
    private sealed class SameValue : IEqualityComparer<PlaceFigure>
    {
        public static readonly SameValue Instance = new();

        public bool Equals(PlaceFigure? x, PlaceFigure? y) =>
            x?.Indicator == y?.Indicator && x?.Period == y?.Period && x?.Figure.Value == y?.Figure.Value;

        public int GetHashCode(PlaceFigure obj) => HashCode.Combine(obj.Indicator, obj.Period);
    }
}
