using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClusterPulse.Access.Tls;

/// <summary>Listens by TLS wherever others than this machine can reach it.</summary>
public static class TlsListening
{
    /// <summary>Whether a process with these settings speaks TLS.</summary>
    /// <exception cref="OptionsValidationException">It must and cannot, or a file is missing.</exception>
    public static bool RequireTls(this IConfiguration configuration, IPAddress address)
    {
        var tls = Options(configuration);
        if (tls.CertificateFile is { Length: > 0 })
        {
            _ = new ServerCertificate(tls, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<ServerCertificate>.Instance).Current;
            return true;
        }
        if (!IPAddress.IsLoopback(address) && !tls.Offloaded)
        {
            throw new OptionsValidationException("Tls", typeof(TlsOptions),
            [
                $"It is to listen on {address}, which others can reach, without TLS. Give a certificate with --tls-cert and --tls-key (PEM), "
                + "or listen on 127.0.0.1, or set Tls:Offloaded where something in front of it encrypts. "
                + $"监听地址 {address} 可被外部访问，须启用 TLS：请以 --tls-cert、--tls-key 提供证书。",
            ]);
        }
        return false;
    }

    /// <summary>Listens at an address: by TLS where a certificate is set.</summary>
    public static void ListenSafely(this KestrelServerOptions kestrel, IConfiguration configuration, IPAddress address, int port, HttpProtocols protocols)
    {
        var isTls = configuration.RequireTls(address);
        kestrel.Listen(address, port, listen =>
        {
            listen.Protocols = protocols;
            if (!isTls)
                return;
            var certificate = new ServerCertificate(
                Options(configuration), TimeProvider.System, kestrel.ApplicationServices.GetRequiredService<ILogger<ServerCertificate>>());
            // Whoever shows none may still have a token; who shows one is judged before any endpoint runs.
            var asks = configuration.GetSection("Access:Certificates").Exists();
#pragma warning disable CA5359 // It is the client's certificate: AddCertificate judges it, and says to the caller what is wrong with it.
            listen.UseHttps(new TlsHandshakeCallbackOptions
            {
                OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
                {
                    ServerCertificateContext = certificate.Current,
                    EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                    ClientCertificateRequired = asks,
                    CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                    RemoteCertificateValidationCallback = asks ? static (_, _, _, _) => true : null,
                }),
            });
#pragma warning restore CA5359
        });
    }

    /// <summary>Settings given on the command line.</summary>
    public static IConfigurationBuilder AddTlsFiles(this IConfigurationBuilder configuration, string? certificate, string? key)
    {
        var settings = new Dictionary<string, string?>();
        if (certificate is not null)
            settings["Tls:CertificateFile"] = certificate;
        if (key is not null)
            settings["Tls:KeyFile"] = key;
        return configuration.AddInMemoryCollection(settings);
    }

    private static TlsOptions Options(IConfiguration configuration) => configuration.GetSection("Tls").Get<TlsOptions>() ?? new();
}
