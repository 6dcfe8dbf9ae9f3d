using ClusterPulse.Aggregation;
using ClusterPulse.Explain;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.UnitTests.Indicators;
using ClusterPulse.UnitTests.Reference;
using Xunit;
using static ClusterPulse.UnitTests.Indicators.ReportingWorld;

namespace ClusterPulse.UnitTests.Explain;

/// <summary>Whose doing it is that a place loses FDI share among its declared rivals. In Dongguan, in Suzhou and in Wenzhou a firm stays
/// that invests 100 a month from Hong Kong; another from Taiwan, that invests as much, goes from Dongguan to Suzhou in July 2004.</summary>
public sealed class RivalExplanationTests(LoadedReference reference)
{
    private static readonly Month First = new(2002, 1);
    private static readonly Month Move = new(2004, 7);
    private static readonly Month Last = new(2004, 12);
    private static readonly RivalSet Set = new() { Id = "it", Regions = ["3205", "3303", "4419"], Sources = ["TW"], Version = 1 };

    [Fact]
    public void WhatOneLosesIsItsOwnDoingAndThatOfTheRivalWhoGained()
    {
        var explanation = Explain("among=rivals");

        Assert.Equal(ExplainMethod.Shapley, explanation.Method);
        // A share of 24/48 became one of 18/48. Its own loss alone: 18/42 − 24/48; that of its rival first: 24/54 − 24/48.
        Assert.Equal(-6 / 48.0, explanation.Change!.Value, 12);
        var own = ((18 / 42.0) - (24 / 48.0) + (18 / 48.0) - (24 / 54.0)) / 2;
        Assert.Equal(own, explanation.Parts.Where(p => p.Kind != PartKind.Elsewhere).Sum(p => p.Contribution), 12);
        var rival = Assert.Single(explanation.Parts, p => p.Kind == PartKind.Elsewhere);
        Assert.Equal(("regions/3205", "苏州市"), (rival.Name, rival.NameZh));
        Assert.Equal((-6 / 48.0) - own, rival.Contribution, 12);
    }

    [Fact]
    public void TheShareOfAWatchedSourceIsExplainedByItself()
    {
        var explanation = Explain("among=rivals,source=TW");

        // All of Taiwan's capital was in Dongguan: what is left there changes the share only once Suzhou has some.
        Assert.Equal(-0.5, explanation.Change!.Value, 12);
        Assert.Equal(-5 / 12.0, explanation.Parts.Single(p => p.Name == "regions/3205").Contribution, 12);
        Assert.Equal(-1 / 12.0, explanation.Parts.Where(p => p.Kind != PartKind.Elsewhere).Sum(p => p.Contribution), 12);
    }

    [Fact]
    public void AMonthThatARivalHasNotCompleteIsNotExplained()
    {
        var explanation = Explain("among=rivals", world => world.Withdraw("org-3205", Feed.Fdi, Last));

        Assert.Equal((null, Unavailable.Incomplete), (explanation.Now!.Figure.Value, explanation.Now.Figure.Reason));
        Assert.Null(explanation.Change);
    }

    private Explanation Explain(string labels, Action<ReportingWorld>? then = null)
    {
        var world = new ReportingWorld(reference);
        Settle("org-4419", "441900004", "HK");
        Settle("org-3205", "320505", "HK");
        Settle("org-3303", "330304", "HK");
        Settle("org-mover", "441900003", "TW");
        world.Register("org-mover", "320583", Ownership.Hmt, Move);
        then?.Invoke(world);
        var catalogue = new IndicatorCatalogue();
        var explainer = new Explainer(catalogue, new(catalogue, reference.Data), reference.Data);
        var measures = explainer.Reads("fdi_share_change");
        var whole = new CellSums();
        foreach (var (key, amount) in world.Cells("regions/4419").NonZero().Where(c => measures.Contains(c.Key.Measure)))
            whole.Add(key, amount);
        return explainer.Explain(
            new() { Place = "regions/4419", Indicator = "fdi_share_change", Labels = labels, From = Last - 12, To = Last, By = ExplainBy.Operands },
            new("regions/4419", "东莞市", "Dongguan", whole),
            [],
            ExchangeRates.None,
            world.Closed,
            new(Peer.Rivals, [Rival("regions/3205"), Rival("regions/3303")]) { Set = Set });

        (string, CellTable) Rival(string place) => (place, Denominators.Of(world.Cells(place), Peer.Rivals));

        void Settle(string firm, string town, string source)
        {
            world.Register(firm, town, Ownership.Hmt, First);
            for (var month = First; month <= Last; month += 1)
                world.Report(firm, Feed.Fdi, month, Invested(source, 10_000));
        }
    }
}
