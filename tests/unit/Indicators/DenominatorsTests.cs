using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using Xunit;

namespace ClusterPulse.UnitTests.Indicators;

/// <summary>Of which feeds it travels to others how far they are reported.</summary>
public sealed class DenominatorsTests
{
    private static readonly Month Now = new(2004, 12);

    [Theory]
    [InlineData(Peer.Nation, "employment,fdi,output")]
    [InlineData(Peer.Parent, "employment,fdi")]
    [InlineData(Peer.Rivals, "employment,fdi")]
    public void Peers_give_the_reporting_of_the_feeds_that_are_compared(Peer peer, string feeds)
    {
        var cells = new CellTable();
        foreach (var feed in VocabularyWords.Feeds)
        {
            cells.Reported(feed, Now, Now);
            foreach (var measure in (Measure[])[Measure.PriorExpected, Measure.PriorReported])
                cells.Add(new(measure, Dimensions.Lag(feed, 1, "CNY"), Now), 1);
        }

        var part = Denominators.Of(cells, peer);

        foreach (var measure in (Measure[])[Measure.Reported, Measure.PriorExpected, Measure.PriorReported])
            Assert.Equal(feeds, string.Join(',', part.Of(measure).Keys.Select(d => d.Split('|')[0]).Order(StringComparer.Ordinal)));
    }
}
