using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClusterPulse.Access;

/// <summary>Says at the start who is let in, so that an open door is never a surprise. It reads the list of principals: a wrong one ends the
/// start.</summary>
internal sealed partial class AccessNotice(IOptions<AccessOptions> options, PrincipalDirectory principals, ILogger<AccessNotice> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        switch (options.Value.Open)
        {
            case Openness.Everybody:
                LogOpen();
                break;
            case Openness.Loopback:
                LogTrial();
                break;
            default:
                LogClosed(principals.Listed.Length);
                break;
        }
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Warning, "OPEN TO EVERYBODY: whoever reaches this address may do everything (Access:OpenTo is Everybody)")]
    private partial void LogOpen();

    [LoggerMessage(LogLevel.Information, "Open on loopback: callers on this machine may do everything, others nothing. Set Access:Jwt or Access:Certificates to close it")]
    private partial void LogTrial();

    [LoggerMessage(LogLevel.Information, "Callers must say who they are; {Count} principals are listed")]
    private partial void LogClosed(int count);
}
