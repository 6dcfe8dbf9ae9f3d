namespace ClusterPulse.Demo.Arithmetic;

/// <summary>Shares and growth factors in parts per million.</summary>
internal static class Ppm
{
    public const long One = 1_000_000;

    public static long Of(long value, long ppm) => (long)((Int128)value * ppm / One);

    /// <summary>One plus or minus up to <paramref name="spread"/>.</summary>
    public static long Noise(ulong seed, long spread, int firm, int month, Draw draw) =>
        One - spread + DemoRandom.At(seed, (int)(2 * spread) + 1, firm, month, draw);
}
