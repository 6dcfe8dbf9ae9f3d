using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.Indicators.Clusters;
using Xunit;

namespace ClusterPulse.UnitTests.Indicators;

/// <summary>Exports by output, of a place and of its clusters.</summary>
public sealed class ExportIntensityTests
{
    private static readonly Month Now = new(2004, 12);

    [Fact]
    public void A_cluster_has_one_of_its_own()
    {
        var cells = new CellTable().Report(Feed.Output, Now, Now).Put(Measure.Reported, "export", Now, 1);
        foreach (var industry in (string[])["", "39"])
        {
            cells.Add(new(Measure.Export, industry, "private|CNY", Now), 40);
            cells.Add(new(Measure.Output, industry, "private|CNY", Now), industry.Length == 0 ? 100 : 50);
        }
        var view = cells.View(Surroundings.None with { NamedClusters = [NamedCluster.OfIndustry("39")] });

        Assert.Equal(
            [("", 0.4), ("industry=39", 0.8)],
            PlaceFigures.At(view, [new ExportIntensity()], Now).Select(f => (f.Figure.Labels, f.Figure.Value)));
    }

    [Fact]
    public void Exports_of_whoever_reports_no_output_are_a_share_of_nothing()
    {
        var cells = new CellTable().Earn(Measure.Export, "private", Now, 40);

        Assert.Equal((null, Unavailable.NoDenominator), Assert.Single(new ExportIntensity().At(cells.View(), Now)).Said());
    }
}
