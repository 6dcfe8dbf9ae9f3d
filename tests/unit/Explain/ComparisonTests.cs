using ClusterPulse.Aggregation;
using ClusterPulse.Explain;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.Regions;
using ClusterPulse.UnitTests.Reference;
using Xunit;

namespace ClusterPulse.UnitTests.Explain;

/// <summary>Whose doing a change is of a figure that compares a place with its nation.</summary>
public sealed class ComparisonTests(LoadedReference reference)
{
    private static readonly Month From = new(2003, 12);
    private static readonly Month To = new(2004, 12);

    [Fact]
    public void WhatChangedInTheRestOfTheNationAloneIsElsewhere()
    {
        var explanation = Explain(kunshan: (500, 500), nation: (2_000, 4_000));

        var part = Assert.Single(explanation.Parts);
        Assert.Equal((PartKind.Elsewhere, "elsewhere"), (part.Kind, part.Name));
        Assert.Equal(explanation.Change!.Value, part.Contribution, 12);
        Assert.True(explanation.Change < 0);
    }

    [Fact]
    public void WhatChangedInThePlaceAloneIsItsPartsThoughTheNationHoldsIt()
    {
        var explanation = Explain(kunshan: (500, 800), nation: (2_000, 2_300));

        var part = Assert.Single(explanation.Parts);
        Assert.Equal((PartKind.Region, "regions/320583"), (part.Kind, part.Name));
        Assert.Equal(explanation.Change!.Value, part.Contribution, 12);
        Assert.True(explanation.Change > 0);
    }

    [Fact]
    public void WhatChangedInBothIsBothTheirs()
    {
        var explanation = Explain(kunshan: (500, 800), nation: (2_000, 4_000));

        Assert.Equal([PartKind.Elsewhere, PartKind.Region], explanation.Parts.Select(p => p.Kind).Order().Reverse());
        Assert.Equal(explanation.Change!.Value, explanation.Parts.Sum(p => p.Contribution), 12);
        Assert.True(explanation.Parts.Single(p => p.Kind == PartKind.Elsewhere).Contribution < 0);
        Assert.True(explanation.Parts.Single(p => p.Kind == PartKind.Region).Contribution > 0);
    }

    /// <summary>The location quotient of electronics in Suzhou, where Wujiang employs 300 in textiles; the nation has 10,000 of these.</summary>
    private Explanation Explain((long Then, long Now) kunshan, (long Then, long Now) nation)
    {
        var catalogue = new IndicatorCatalogue();
        var explainer = new Explainer(catalogue, new(catalogue, reference.Data), reference.Data);
        var (electronics, textiles, all) = (Cells("39", kunshan), Cells("17", (300, 300)), new CellTable());
        foreach (var (key, amount) in Cells("39", nation).NonZero().Concat(Cells("17", (10_000, 10_000)).NonZero()))
            all.Add(key, amount);
        var query = new ExplainQuery
        {
            Place = "regions/3205",
            Indicator = "location_quotient",
            Labels = "industry=39,measure=employment",
            From = From,
            To = To,
            By = ExplainBy.Children,
        };
        return explainer.Explain(
            query,
            Place("regions/3205", electronics, textiles),
            [Place("regions/320583", electronics), Place("regions/320509", textiles)],
            ExchangeRates.None,
            new HashSet<(Feed, Month)>(),
            new(Peer.Nation, [("regions/CN", Denominators.Of(all, Peer.Nation))]));
    }

    private static CellTable Cells(string division, (long Then, long Now) employed)
    {
        var cells = new CellTable();
        cells.Add(new(Measure.Active, "", "private", From), 1);
        foreach (var (month, persons) in ((Month, long)[])[(From, employed.Then), (To, employed.Now)])
        {
            cells.Add(new(Measure.Employment, "", "private", month), persons);
            cells.Add(new(Measure.Employment, division, "private", month), persons);
            foreach (var feed in (Feed[])[Feed.Employment, Feed.Output])
                cells.Add(new(Measure.Reported, "", feed.Word(), month), 1);
        }
        return cells;
    }

    private static PlaceCells Place(string name, params CellTable[] tables)
    {
        var sums = new CellSums();
        foreach (var (key, amount) in tables.SelectMany(t => t.NonZero()))
            sums.Add(key, amount);
        return new(name, name, name, sums);
    }
}
