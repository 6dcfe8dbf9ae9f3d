namespace ClusterPulse.Explain;

/// <summary>
/// What each of several players adds to a result, on the mean of all orders in which they can join. The values add up to what all
/// achieve minus what none does. Shapley, L. S. (1953), "A Value for n-Person Games".
/// </summary>
public static class ShapleyValue
{
    /// <summary>Value of each player.</summary>
    /// <param name="worth">Result of each set of players, player i being bit i; its length is a power of two.</param>
    /// <param name="players">How many they are.</param>
    public static double[] Of(ReadOnlySpan<double> worth, int players)
    {
        var weights = Weights(players);
        var values = new double[players];
        for (var set = 0; set < worth.Length; set++)
        {
            var weight = weights[int.PopCount(set)];
            for (var player = 0; player < players; player++)
            {
                var with = set | (1 << player);
                if (with != set)
                    values[player] += weight * (worth[with] - worth[set]);
            }
        }
        return values;
    }

    /// <summary>By the number of those who are there already: the share of orders in which exactly they come first, s! (n−s−1)! ÷ n!.</summary>
    private static double[] Weights(int players)
    {
        var weights = new double[players + 1];
        for (var before = 0; before < players; before++)
        {
            var orders = (double)players;
            for (var i = 1; i <= before; i++)
                orders *= (double)(players - i) / i;
            weights[before] = 1 / orders;
        }
        return weights;
    }
}
