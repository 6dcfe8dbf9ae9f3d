using ClusterPulse.Aggregation;
using ClusterPulse.Clusters;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.Regions;
using Xunit;

namespace ClusterPulse.UnitTests.Clusters;

/// <summary>A county of four firms: two makers of integrated circuits (3973) and of displays (3974), one of electronics that says no
/// more, one of textiles. Figures of its clusters are worked out by hand.</summary>
public sealed class ClusterFiguresTests
{
    private const string County = "320583";
    private static readonly Month Now = new(2004, 12);
    private static readonly ClusterDefinition Chips = new() { Id = "chips", Industries = ["3973"], Regions = [County], Version = 1 };
    private static readonly IndicatorCatalogue Catalogue = new();

    private readonly CellTable _cells = new();

    public ClusterFiguresTests()
    {
        Firm("3973", "foreign", output: 600, persons: 30, linked: 1, local: 40, other: 60, taiwan: 75, japan: 25);
        Firm("3974", "foreign", output: 300, persons: 20, linked: 0, local: 0, other: 100, taiwan: 50, japan: 0);
        Firm("3973", "private", output: 200, persons: 10);
        Firm("39", "private", output: 100, persons: 15);
        Firm("1711", "private", output: 800, persons: 90);
    }

    [Fact]
    public void ADefinitionOfFourDigitsHasWhatItsClassesHave()
    {
        var chips = Of(new([Chips], []), "chips");

        Assert.Equal(800, Value(chips, "output_cny"));
        Assert.Equal(40, Value(chips, "employment_persons"));
        Assert.Equal(1, Value(chips, "enterprises", "industry=chips,ownership=foreign"));
        Assert.Equal(0.75, Value(chips, "foreign_share", "attribute=all,industry=chips,measure=output"));
        Assert.Equal(0.5, Value(chips, "foreign_share", "attribute=all,industry=chips,measure=enterprises"));
        Assert.Equal(1, Value(chips, "local_linkage_ratio"));
        Assert.Equal(0.4, Value(chips, "local_sourcing_ratio"));
        Assert.Equal(Math.Cbrt(1 * 0.4 * 0.25), Value(chips, "embeddedness_index")!.Value, 12);
        Assert.Equal(1, Value(chips, "cluster_type", "industry=chips,type=embedding"));
    }

    [Fact]
    public void EveryCharacterTellsWhatLedToIt()
    {
        var chips = Of(new([Chips], []), "chips");

        Assert.Equal(
            [new("foreign_share", 0.75, "ratio"), new("months_in_type", 1, "count")],
            chips.First(f => f.Indicator == "cluster_type").Figure.Operands);
        Assert.Equal(
            [new("local_linkage_ratio", 1, "ratio"), new("local_sourcing_ratio", 0.4, "ratio"), new("other_sources", 0.25, "ratio")],
            chips.Single(f => f.Indicator == "embeddedness_index").Figure.Operands);
        Assert.Equal(
            [new("foreign_funded", 600, "CNY"), new("all", 800, "CNY")],
            chips.Single(f => f.Figure.Labels == "attribute=all,industry=chips,measure=output").Figure.Operands);
    }

    /// <summary>Nothing is made anew: the same cells give the figures of another definition.</summary>
    [Fact]
    public void AChangedDefinitionIsReadFromTheSameCells()
    {
        Assert.Equal(1_100, Value(Of(new([Chips with { Industries = ["3973", "3974"], Version = 2 }], []), "chips"), "output_cny"));
        Assert.Equal(1_100, Value(Of(new([Chips with { Industries = ["397"], Version = 3 }], []), "chips"), "output_cny"));
        Assert.Equal(1_900, Value(Of(new([Chips with { Industries = ["1711", "397"], Version = 4 }], []), "chips"), "output_cny"));
        Assert.Equal(1_200, Value(Of(new([Chips with { Industries = ["39"], Version = 5 }], []), "chips"), "output_cny"));
    }

    [Fact]
    public void AWatchedDivisionHasThoseOfItsFirmsThatSayNoMoreToo()
    {
        var electronics = Of(new([], [new(County, "39")]), "39");

        Assert.Equal(1_200, Value(electronics, "output_cny"));
        Assert.Equal(0.75, Value(electronics, "foreign_share", "attribute=all,industry=39,measure=output"));
        Assert.Equal(0.5, Value(electronics, "local_linkage_ratio"));
        Assert.Equal(0.2, Value(electronics, "local_sourcing_ratio"));
        Assert.Equal(1, Value(electronics, "cluster_type", "industry=39,type=embedding"));
    }

    [Fact]
    public void WhatIsNamedTwiceIsGivenOnceAndWhatIsNotNamedIsNot()
    {
        var register = new ClusterRegister([Chips, Chips with { Id = "elsewhere", Regions = ["320585"] }], [new(County, "chips"), new(County, ""), new(County, "gone")]);

        Assert.Equal(["chips"], register.Of(County).Select(c => c.Label));
        Assert.Single(Figures(register), f => f.Indicator == "output_cny" && Catalogue.IsOfCluster(f.Indicator, f.Figure.Labels));
        Assert.DoesNotContain(Figures(ClusterRegister.Empty), f => Catalogue.IsOfCluster(f.Indicator, f.Figure.Labels));
    }

    [Fact]
    public void FiguresOfThePlaceStayAsTheyAre()
    {
        var alone = Figures(ClusterRegister.Empty).ToList();
        var beside = Figures(new([Chips], [new(County, "39")])).Where(f => !Catalogue.IsOfCluster(f.Indicator, f.Figure.Labels)).ToList();

        Assert.Equal(alone.Select(Text), beside.Select(Text));

        static string Text(PlaceFigure f) => $"{f.Indicator}{{{f.Figure.Labels}}} {f.Figure.Value} {f.Figure.Reason}";
    }

    /// <summary>Reporting is not kept by industry, so a cluster goes by its place.</summary>
    [Fact]
    public void AMonthThatThePlaceHasNotCompleteIsNoClustersEither()
    {
        foreach (var feed in VocabularyWords.Feeds)
            _cells.Add(new(Measure.Reported, feed.Word(), Now), -1);

        Assert.DoesNotContain(Figures(new([Chips], [])), f => f.Indicator == "output_cny");
        var asked = PlaceFigures.At(View(new([Chips], [])), Catalogue.All, Now).Single(f => f.Figure.Labels == "industry=chips" && f.Indicator == "output_cny");
        Assert.Equal(Unavailable.Incomplete, asked.Figure.Reason);
    }

    [Fact]
    public void ATownIsExportedOnceItIsWatched()
    {
        var town = new PlaceIdentity("regions/320583100", "town", "regions/320583", "玉山镇", "Yushan", "江苏·苏州·昆山·玉山镇");

        Assert.False(town.IsExported(new([], [new("320583101", "")])));
        Assert.True(town.IsExported(new([], [new("320583100", "")])));
        Assert.True(town.IsExported(new([], [new("320583100", "39")])));
        Assert.True((town with { Level = "county" }).IsExported(ClusterRegister.Empty));
    }

    private IEnumerable<PlaceFigure> Of(ClusterRegister register, string label) => Figures(register).Where(f =>
        Catalogue.IsOfCluster(f.Indicator, f.Figure.Labels) && f.Figure.Labels.Split(',').Contains("industry=" + label));

    private IEnumerable<PlaceFigure> Figures(ClusterRegister register)
    {
        var view = View(register);
        return PlaceFigures.Newest(view, Catalogue.Own).Concat(PlaceFigures.NewestOfClusters(view, Catalogue.OfClusters));
    }

    private CellView View(ClusterRegister register) =>
        new(_cells, ExchangeRates.None, _ => 0, new HashSet<(Feed, Month)>()) { Around = Surroundings.None with { NamedClusters = register.Of(County) } };

    private static double? Value(IEnumerable<PlaceFigure> figures, string indicator, string? labels = null) =>
        figures.Single(f => f.Indicator == indicator && (labels is null || f.Figure.Labels == labels)).Figure.Value;

    private void Firm(string industry, string kind, long output, long persons, long linked = 0, long local = 0, long other = 0, long taiwan = 0, long japan = 0)
    {
        Divided(Measure.Active, Measure.ActiveByClass, kind, 1);
        Divided(Measure.Output, Measure.OutputByClass, kind + "|CNY", output);
        Divided(Measure.Employment, Measure.EmploymentByClass, kind, persons);
        Both(Measure.Linked, Measure.LinkedByIndustry, "", linked);
        Both(Measure.Purchases, Measure.PurchasesByIndustry, "local|CNY", local);
        Both(Measure.Purchases, Measure.PurchasesByIndustry, "other|CNY", other);
        Both(Measure.Fdi, Measure.FdiByIndustry, "TW|USD", taiwan);
        Both(Measure.Fdi, Measure.FdiByIndustry, "JP|USD", japan);
        foreach (var feed in VocabularyWords.Feeds)
        {
            if (kind == "foreign" || feed is Feed.Output or Feed.Export or Feed.Employment)
                _cells.Add(new(Measure.Reported, feed.Word(), Now), 1);
        }

        void Divided(Measure measure, Measure byClass, string dimension, long amount)
        {
            _cells.Add(new(measure, dimension, Now), amount);
            _cells.Add(new(measure, industry[..2], dimension, Now), amount);
            if (industry.Length > 2)
                _cells.Add(new(byClass, industry, dimension, Now), amount);
        }

        void Both(Measure measure, Measure byIndustry, string dimension, long amount)
        {
            _cells.Add(new(measure, dimension, Now), amount);
            _cells.Add(new(byIndustry, industry, dimension, Now), amount);
        }
    }
}
