namespace ClusterPulse.Gateway.AllInOne;

/// <summary>How the all-in-one process is started.</summary>
public sealed record AllInOneOptions
{
    /// <summary>Folder of the embedded store.</summary>
    public string Data { get; init; } = "clusterpulse-data";

    /// <summary>Loopback port for gRPC (HTTP/2).</summary>
    public int GrpcPort { get; init; } = 5001;

    /// <summary>Loopback port for JSON, metrics and health (HTTP/1.1).</summary>
    public int HttpPort { get; init; } = 5000;

    /// <summary>Looks at history as of this day.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>First month that the calendar closes by itself.</summary>
    public string? FirstPeriod { get; init; }

    /// <summary>Only warnings in the log.</summary>
    public bool Quiet { get; init; }
}
