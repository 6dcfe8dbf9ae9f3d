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

    /// <summary>JSON file of the settings of access (sections <c>Access</c> and <c>Tls</c>), read again when it changes.</summary>
    public string? AccessFile { get; init; }

    /// <summary>Be an OpenID provider too, for trials of tokens and logins on this machine.</summary>
    public bool LocalIssuer { get; init; }

    /// <summary>PEM file of the server's certificate; null: the settings' own.</summary>
    public string? TlsCertificate { get; init; }

    /// <summary>PEM file of its private key.</summary>
    public string? TlsKey { get; init; }

    /// <summary>Only warnings in the log.</summary>
    public bool Quiet { get; init; }
}
