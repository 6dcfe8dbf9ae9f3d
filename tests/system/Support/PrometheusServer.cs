using System.Diagnostics;
using System.Text.Json;

namespace ClusterPulse.SystemTests.Support;

/// <summary>A real Prometheus on loopback with the rules as they are deployed, scraping one process or several.</summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Process _process;
    private readonly HttpClient _http;

    private PrometheusServer(IReadOnlyList<string> targets)
    {
        var rules = Repository.Folder("deploy/prometheus");
        foreach (var file in Directory.GetFiles(rules, "*.yml"))
        {
            File.WriteAllText(
                Path.Combine(_folder.Path, Path.GetFileName(file)),
                File.ReadAllText(file).Replace("\"127.0.0.1:5000\"", string.Join(", ", targets.Select(t => $"\"{t}\"")), StringComparison.Ordinal));
        }
        var port = Ports.Free();
        _http = new() { BaseAddress = new($"http://127.0.0.1:{port}") };
        var start = new ProcessStartInfo("prometheus") { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])[
            $"--config.file={Path.Combine(_folder.Path, "prometheus.yml")}", $"--storage.tsdb.path={Path.Combine(_folder.Path, "data")}",
            $"--web.listen-address=127.0.0.1:{port}"])
        {
            start.ArgumentList.Add(argument);
        }
        _process = Process.Start(start) ?? throw new InvalidOperationException("prometheus does not start");
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
    }

    public static Task<PrometheusServer> StartAsync(int scrapedPort) => StartAsync([$"127.0.0.1:{scrapedPort}"]);

    /// <param name="targets">Addresses with ports of the processes to scrape.</param>
    public static async Task<PrometheusServer> StartAsync(IReadOnlyList<string> targets)
    {
        var server = new PrometheusServer(targets);
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                return (await server._http.GetAsync("/-/ready")).IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
        return server;
    }

    /// <summary>Labels of the alerts in a state.</summary>
    public async Task<IReadOnlyList<Dictionary<string, string>>> AlertsAsync(string state) =>
        [.. (await ReadAlertsAsync(state)).Select(a => a.Labels)];

    /// <summary>Texts of the alerts of a place in a state.</summary>
    public async Task<IReadOnlyList<Dictionary<string, string>>> AnnotationsAsync(string state, string name, string code) =>
        [.. (await ReadAlertsAsync(state)).Where(a => a.Labels["alertname"] == name && a.Labels.GetValueOrDefault("code") == code).Select(a => a.Annotations)];

    private async Task<IReadOnlyList<(Dictionary<string, string> Labels, Dictionary<string, string> Annotations)>> ReadAlertsAsync(string state)
    {
        using var answer = JsonDocument.Parse(await _http.GetStringAsync("/api/v1/alerts"));
        return [.. answer.RootElement.GetProperty("data").GetProperty("alerts").EnumerateArray()
            .Where(a => a.GetProperty("state").GetString() == state)
            .Select(a => (Words(a.GetProperty("labels")), Words(a.GetProperty("annotations"))))];

        static Dictionary<string, string> Words(JsonElement words) => words.EnumerateObject().ToDictionary(l => l.Name, l => l.Value.GetString()!);
    }

    /// <summary>Labels of the series that an instant query gives.</summary>
    /// <exception cref="InvalidOperationException">Prometheus refuses the query.</exception>
    public async Task<IReadOnlyList<Dictionary<string, string>>> QueryAsync(string expression)
    {
        using var form = new FormUrlEncodedContent([new("query", expression)]);
        using var response = await _http.PostAsync("/api/v1/query", form);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        if (answer.RootElement.GetProperty("status").GetString() != "success")
            throw new InvalidOperationException($"{expression}: {answer.RootElement.GetProperty("error").GetString()}");
        return [.. answer.RootElement.GetProperty("data").GetProperty("result").EnumerateArray()
            .Select(r => r.GetProperty("metric").EnumerateObject().ToDictionary(l => l.Name, l => l.Value.GetString()!))];
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _http.Dispose();
        _folder.Dispose();
    }
}
