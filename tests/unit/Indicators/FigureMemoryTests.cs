using System.Globalization;
using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.Regions;
using ClusterPulse.UnitTests.Aggregation;
using ClusterPulse.UnitTests.Reference;
using Xunit;

namespace ClusterPulse.UnitTests.Indicators;

/// <summary>Figures that are kept are what they would be if all were computed anew, whatever happens to enterprises.</summary>
public sealed class FigureMemoryTests(LoadedReference reference)
{
#if MUTATION
    // It reaches every formula, so that each mutant of them would take as long as all of it.
    private const int Steps = 30;
    private const int Worlds = 1;
#else
    private const int Steps = 150;
    private const int Worlds = 6;
#endif
    private readonly IndicatorFormulas _formulas = new(new(), reference.Data);

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, Worlds)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task What_is_kept_is_what_would_be_computed(int seed)
    {
        var geography = new TwoLocalities();
        var world = new RandomWorld(seed, geography, TwoLocalities.Counties, TwoLocalities.Estates);
        var (random, closed) = (new Random(seed), new HashSet<(Feed, Month)>());
        var places = new Dictionary<string, Kept>(StringComparer.Ordinal);
        for (var step = 0; step < Steps; step++)
        {
            foreach (var draft in world.Step())
            {
                foreach (var (place, sums) in DeltaSummer.Sum([draft.ToChange()], [true], geography))
                {
                    if (!places.TryGetValue(place, out var kept))
                        places.Add(place, kept = new(place));
                    await kept.ReceiveAsync(sums);
                }
            }
            foreach (var (place, kept) in places)
            {
                // Somebody looks now and then, so that several changes come together.
                if (random.Next(3) == 0)
                    kept.Compare(place, step, closed, _formulas);
            }
        }
        Assert.NotEmpty(places);
    }

    private sealed class Kept
    {
        private readonly Aggregator _aggregator;
        private readonly FigureChanges _unpublished;
        private readonly FigureChanges _unsettled;
        private readonly FigureMemory _own = new();
        private readonly FigureMemory _compared = new();
        private readonly FigureMemory _ofClusters = new();
        private readonly Dictionary<(string, string, Month), string> _settled = [];
        private long _known;

        public Kept(string place)
        {
            _aggregator = new(place, new NoLog());
            (_unpublished, _unsettled) = (new(_aggregator.Mark()), new(_aggregator.Mark()));
        }

        public async Task ReceiveAsync(CellSums sums) =>
            Assert.Equal(Reception.Applied, await _aggregator.ReceiveAsync(new(1, _known, ++_known, sums)));

        public void Compare(string place, int step, HashSet<(Feed, Month)> closed, IndicatorFormulas formulas)
        {
            var (view, anew) = (View(), View());
            if (_unpublished.From(view) is { } from)
            {
                _own.Forget(from);
                _compared.Forget(from);
                _ofClusters.Forget(from);
            }
            _unpublished.Seen(view);
            Assert.Equal(Texts(formulas.NewestOwn(anew)), Texts(formulas.NewestOwn(view, _own)));
            Assert.Equal(Texts(formulas.NewestAround(anew)), Texts(formulas.NewestAround(view, _compared, _ofClusters)));
            foreach (var figure in formulas.Settled(view, _unsettled.From(view), _unsettled.From(view)))
                _settled[(figure.Indicator, figure.Figure.Labels, figure.Period)] = Text(figure);
            _unsettled.Seen(view);
            foreach (var figure in formulas.Settled(View()))
            {
                Assert.True(
                    _settled.GetValueOrDefault((figure.Indicator, figure.Figure.Labels, figure.Period)) == Text(figure),
                    $"{place} after step {step}: {Text(figure)} was settled as {_settled.GetValueOrDefault((figure.Indicator, figure.Figure.Labels, figure.Period))}");
            }

            CellView View() => formulas.View(_aggregator.Cells, ExchangeRates.None, closed);
        }

        private static string[] Texts(IEnumerable<PlaceFigure> figures) => [.. figures.Select(Text)];

        private static string Text(PlaceFigure f) => string.Create(
            CultureInfo.InvariantCulture,
            $"{f.Indicator}{{{f.Figure.Labels}}} {f.Period} {f.Figure.Value} {f.Figure.Reason} {f.Status} {f.Coverage} {string.Join(',', f.Figure.Operands)}");
    }

    /// <summary>Messages come in order, so nobody asks.</summary>
    private sealed class NoLog : ICommitLog
    {
        public ValueTask<PlaceImage> LoadAsync(string place, CancellationToken cancellation) => throw new NotSupportedException();

        public ValueTask<MissingCommits> ReadMissingAsync(string place, int writer, long after, long upto, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public ValueTask<(long Version, CommitVector Floor)> ReadFloorAsync(string place, CancellationToken cancellation) => throw new NotSupportedException();

        public ValueTask<bool> TryCheckpointAsync(string place, PlaceCheckpoint checkpoint, CancellationToken cancellation) => throw new NotSupportedException();
    }
}
