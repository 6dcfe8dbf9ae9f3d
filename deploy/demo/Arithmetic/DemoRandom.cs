namespace ClusterPulse.Demo.Arithmetic;

/// <summary>
/// SplitMix64 (Steele, Lea, Flood 2014): the demo's figures must not change with the runtime, as
/// <see cref="Random"/> with a seed may. Integers only, for the same reason.
/// </summary>
internal sealed class DemoRandom(ulong seed)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private ulong state = seed;

    /// <summary>Uniform in [0, bound).</summary>
    public int Next(int bound)
    {
        state += Golden;
        return Below(Finish(state), bound);
    }

    public int Between(int low, int high) => low + Next(high - low + 1);

    public T Pick<T>(IReadOnlyList<T> items) => items[Next(items.Count)];

    /// <summary>Index drawn in proportion to its weight.</summary>
    public int Weighted(IReadOnlyList<int> weights)
    {
        var left = Next(weights.Sum());
        var i = 0;
        while (left >= weights[i])
            left -= weights[i++];
        return i;
    }

    public List<T> Shuffled<T>(IEnumerable<T> items)
    {
        var list = items.ToList();
        for (var i = list.Count - 1; i > 0; i--)
        {
            var j = Next(i + 1);
            (list[i], list[j]) = (list[j], list[i]);
        }
        return list;
    }

    /// <summary>A number that depends on its arguments alone, in [0, bound): what a firm does in a month, without state.</summary>
    public static int At(ulong seed, int bound, int firm, int month, Draw draw)
    {
        var key = ((ulong)(uint)firm << 32) | ((ulong)(uint)month << 16) | (uint)draw;
        return Below(Finish(Finish(key + Golden) ^ seed), bound);
    }

    private static int Below(ulong bits, int bound) => (int)Math.BigMul(bits, (ulong)bound, out _);

    private static ulong Finish(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}

/// <summary>What a stateless number is for, so that no two uses share one.</summary>
internal enum Draw
{
    SeasonNoise = 1,
    MonthNoise,
    ExportNoise,
    FdiNoise,
    BuysLocally,
    NilLinkage,
    FirmPunctuality,
    SupplierChoice = 100,
    Sending = 200,
}
