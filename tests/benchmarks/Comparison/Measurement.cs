namespace ClusterPulse.Benchmarks.Comparison;

/// <summary>One round of one subject.</summary>
internal sealed record Measurement(
    string Workload, string Subject, int Reports, TimeSpan Elapsed, TimeSpan ServerCpu, TimeSpan SenderCpu, long Bytes, double[] Latencies)
{
    /// <summary>What numbers of reports do not tell; empty: nothing.</summary>
    public string Note { get; init; } = "";

    public double PerSecond => Reports / Elapsed.TotalSeconds;

    /// <summary>0 where it was not about reports.</summary>
    public double ServerMicroseconds => Reports == 0 ? 0 : ServerCpu.TotalMicroseconds / Reports;

    public double SenderMicroseconds => Reports == 0 ? 0 : SenderCpu.TotalMicroseconds / Reports;

    /// <summary>Milliseconds until an answer, by rank; 0 where it was not taken.</summary>
    public double Latency(double rank) => Latencies.Length == 0 ? 0 : Latencies[(int)(rank * (Latencies.Length - 1))];
}
