using ClusterPulse.Explain;
using Xunit;

namespace ClusterPulse.UnitTests.Explain;

public sealed class ShapleyValueTests
{
    /// <summary>A left glove or one of two right gloves is worth nothing, a pair is worth 1: 2/3, 1/6, 1/6.</summary>
    [Fact]
    public void TheGloveGameComesOut()
    {
        double[] worth = [0, 0, 0, 1, 0, 1, 0, 1];

        Assert.Equal([2 / 3d, 1 / 6d, 1 / 6d], ShapleyValue.Of(worth, 3), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    /// <summary>By the definition itself: the mean over all orders.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(7)]
    public void ItIsTheMeanOverAllOrders(int players)
    {
        var random = new Random(players);
        double[] worth = [.. Enumerable.Range(0, 1 << players).Select(_ => random.NextDouble() - 0.5)];
        var sums = new double[players];
        var orders = 0;
        Join([]);

        Assert.Equal(sums.Select(s => s / orders), ShapleyValue.Of(worth, players), (a, b) => Math.Abs(a - b) < 1e-12);

        void Join(List<int> order)
        {
            if (order.Count == players)
            {
                orders++;
                var set = 0;
                foreach (var player in order)
                {
                    sums[player] += worth[set | (1 << player)] - worth[set];
                    set |= 1 << player;
                }
                return;
            }
            for (var player = 0; player < players; player++)
            {
                if (!order.Contains(player))
                    Join([.. order, player]);
            }
        }
    }
}
