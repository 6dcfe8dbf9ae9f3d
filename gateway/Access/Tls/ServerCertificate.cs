using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClusterPulse.Access.Tls;

/// <summary>The server's certificate as its files have it now: one that is renewed there counts without a restart.</summary>
public sealed partial class ServerCertificate(TlsOptions options, TimeProvider time, ILogger<ServerCertificate> logger)
{
    /// <summary>Files are looked at this often at most.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private byte[] _hash = [];
    private long _looked;
    private SslStreamCertificateContext? _current;

    /// <summary>What handshakes show. Where changed files cannot be read the certificate before stays.</summary>
    /// <exception cref="OptionsValidationException">The first time, they cannot be read.</exception>
    public SslStreamCertificateContext Current
    {
        get
        {
            lock (_lock)
            {
                if (_current is null || time.GetElapsedTime(_looked) >= Interval)
                {
                    _looked = time.GetTimestamp();
                    Look();
                }
                return _current!;
            }
        }
    }

    private void Look()
    {
        try
        {
            var hash = SHA256.HashData([.. File.ReadAllBytes(options.CertificateFile!), .. options.KeyFile is { } key ? File.ReadAllBytes(key) : []]);
            if (hash.AsSpan().SequenceEqual(_hash))
                return;
            var leaf = X509Certificate2.CreateFromPemFile(options.CertificateFile!, options.KeyFile);
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(options.CertificateFile!);
            var isRenewed = _current is not null;
            _current = SslStreamCertificateContext.Create(leaf, [.. chain.Where(c => c.Thumbprint != leaf.Thumbprint)], offline: true);
            _hash = hash;
            if (isRenewed)
                LogRenewed(leaf.NotAfter);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            if (_current is null)
            {
                throw new OptionsValidationException("Tls", typeof(TlsOptions),
                    [$"Tls:CertificateFile '{options.CertificateFile}' and Tls:KeyFile '{options.KeyFile}' cannot be used: {e.Message}"]);
            }
            LogUnreadable(e.Message);
        }
    }

    [LoggerMessage(LogLevel.Information, "The server's certificate was renewed; it holds until {NotAfter:u}")]
    private partial void LogRenewed(DateTime notAfter);

    [LoggerMessage(LogLevel.Error, "The changed certificate cannot be read, the one before stays: {Error}")]
    private partial void LogUnreadable(string error);
}
