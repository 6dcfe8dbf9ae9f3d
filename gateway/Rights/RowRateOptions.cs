using System.ComponentModel.DataAnnotations;

namespace ClusterPulse.Gateway.Rights;

/// <summary>How many rows one bureau may send. Section <c>RowRate</c>. Far above what a store takes: it is against senders gone wild.</summary>
public sealed class RowRateOptions
{
    /// <summary>Rows each second in the long run, 10 to 10,000,000, in tens: what is over a multiple of ten does not count.</summary>
    [Range(10, 10_000_000)]
    public int RowsPerSecond { get; set; } = 100_000;

    /// <summary>Rows at once after a pause, 5,000 (one message) to 100,000,000.</summary>
    [Range(5_000, 100_000_000)]
    public int Burst { get; set; } = 500_000;

    /// <summary>Rows that may wait for their turn; more are refused. 5,000 to 100,000,000.</summary>
    [Range(5_000, 100_000_000)]
    public int MostWaiting { get; set; } = 1_000_000;
}
