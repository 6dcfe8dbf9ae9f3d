namespace ClusterPulse.Indicators;

/// <summary>Where small and medium-sized enterprises end.</summary>
public static class SmallEnterprise
{
    /// <summary>Fewer employed than this is small or medium-sized.</summary>
    public const int Employed = 500;
}
