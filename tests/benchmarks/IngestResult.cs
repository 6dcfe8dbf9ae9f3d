namespace ClusterPulse.Benchmarks;

/// <summary>What it took to take reports in.</summary>
internal sealed record IngestResult(string Name, TimeSpan Elapsed, TimeSpan Cpu, long PeakBytes);
