using ClusterPulse.SystemTests.Support;

namespace ClusterPulse.SystemTests.Cluster;

/// <summary>Looks every few seconds at which alerts fire for places whose facts do not change, and counts changes.</summary>
internal sealed class AlertWatch(PrometheusServer prometheus, IReadOnlySet<string> codes)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(3);

    private HashSet<string> _firing = [];

    /// <summary>Alerts that went away or came without a change of facts.</summary>
    public List<string> Flaps { get; } = [];

    public IReadOnlyCollection<string> Firing => _firing;

    /// <summary>Waits until alerts fire for each place and none is about to, and until their set has not changed for a while.</summary>
    public async Task StartAsync()
    {
        var steady = 0;
        await Eventually.TrueAsync(async () =>
        {
            var now = await ReadAsync();
            var all = codes.All(code => now.Any(a => a.EndsWith(" " + code, StringComparison.Ordinal))) && (await ReadAsync("pending")).Count == 0;
            steady = all && now.SetEquals(_firing) ? steady + 1 : 0;
            _firing = now;
            return steady >= 100;
        }, seconds: 240);
    }

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var now = await ReadAsync();
            Flaps.AddRange(_firing.Except(now).Select(a => $"{DateTime.UtcNow:HH:mm:ss} {a} resolved"));
            Flaps.AddRange(now.Except(_firing).Select(a => $"{DateTime.UtcNow:HH:mm:ss} {a} fired"));
            _firing = now;
            await Task.Delay(Period, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<HashSet<string>> ReadAsync(string state = "firing") => [.. (await prometheus.AlertsAsync(state))
        .Where(a => a.TryGetValue("code", out var code) && codes.Contains(code))
        .Select(a => $"{a["alertname"]} {a["code"]}")];
}
