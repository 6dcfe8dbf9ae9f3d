namespace ClusterPulse.Access.Tls;

/// <summary>How connections are protected. Section <c>Tls</c>.</summary>
public sealed class TlsOptions
{
    /// <summary>PEM file of the server's certificate, with those between it and the root after it. Null: connections are not encrypted,
    /// which is for loopback alone.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>PEM file of its private key. Null: it is in the certificate's file.</summary>
    public string? KeyFile { get; set; }

    /// <summary>Listens without TLS outside loopback all the same: something between encrypts, such as a service mesh.</summary>
    public bool Offloaded { get; set; }
}
