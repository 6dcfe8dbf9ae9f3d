namespace ClusterPulse.Silo.Hosting;

/// <summary>How a process ends when it is asked to.</summary>
public static class Shutdown
{
    /// <summary>Longest that a silo's drain and a gateway's last batches may take. Whoever runs the process must not kill it before that.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
}
