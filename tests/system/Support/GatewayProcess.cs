using System.Diagnostics;
using System.Text;
using Grpc.Net.Client;
using Xunit;

namespace ClusterPulse.SystemTests.Support;

/// <summary>The all-in-one program as a process of its own, so that it can be killed.</summary>
internal sealed class GatewayProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly HttpClient _http;

    private GatewayProcess(Process process, int grpcPort, int httpPort)
    {
        _process = process;
        (GrpcPort, HttpPort) = (grpcPort, httpPort);
        Channel = GrpcChannel.ForAddress($"http://127.0.0.1:{grpcPort}", new() { MaxReceiveMessageSize = 64 << 20 });
        _http = new() { BaseAddress = new($"http://127.0.0.1:{httpPort}") };
    }

    public int GrpcPort { get; }

    public int HttpPort { get; }

    public GrpcChannel Channel { get; }

    /// <summary>What it printed so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    public static GatewayProcess Start(string folder, params string[] arguments)
    {
        var (grpc, http) = (Port("--grpc-port", ref arguments), Port("--http-port", ref arguments));
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        foreach (var argument in (string[])[
            Path.Combine(AppContext.BaseDirectory, "ClusterPulse.Gateway.dll"), "--data", folder,
            "--grpc-port", $"{grpc}", "--http-port", $"{http}", .. arguments])
        {
            start.ArgumentList.Add(argument);
        }
        var process = new Process { StartInfo = start };
        var gateway = new GatewayProcess(process, grpc, http);
        process.OutputDataReceived += (_, line) => gateway.Keep(line.Data);
        process.ErrorDataReceived += (_, line) => gateway.Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return gateway;
    }

    /// <summary>A port that the test names, since it starts the program again there, or any.</summary>
    private static int Port(string option, ref string[] arguments)
    {
        var at = Array.IndexOf(arguments, option);
        if (at < 0)
            return Ports.Free();
        var port = int.Parse(arguments[at + 1], null);
        arguments = [.. arguments[..at], .. arguments[(at + 2)..]];
        return port;
    }

    /// <summary>Starts it and waits until it is healthy.</summary>
    public static async Task<GatewayProcess> StartHealthyAsync(string folder, params string[] arguments)
    {
        var gateway = Start(folder, arguments);
        await gateway.WhenHealthyAsync();
        return gateway;
    }

    public Task WhenHealthyAsync() => Eventually.TrueAsync(async () =>
    {
        Assert.False(_process.HasExited, Output);
        try
        {
            return (await _http.GetAsync("/healthz")).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }, seconds: 60);

    public Task WhenPrintedAsync(string text, int seconds = 300) => Eventually.TrueAsync(() =>
    {
        Assert.False(_process.HasExited && !Output.Contains(text, StringComparison.Ordinal), Output);
        return Task.FromResult(Output.Contains(text, StringComparison.Ordinal));
    }, seconds);

    public Task<string> GetAsync(string path) => _http.GetStringAsync(path);

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks it to stop and waits until it has.</summary>
    public async Task TerminateAsync()
    {
        using var term = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(45));
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
            throw new TimeoutException("it did not stop by itself:\n" + Output);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await TerminateAsync();
        Channel.Dispose();
        _http.Dispose();
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        lock (_output)
            _output.AppendLine(line);
    }
}
