using System.Diagnostics;
using System.Globalization;

namespace ClusterPulse.SystemTests.Cluster;

/// <summary>A silo or a gateway as a process in its namespace, which can be killed, stopped, paused and started again.</summary>
internal sealed class ClusterProcess(string name, string space, string program, IReadOnlyList<string> arguments, string log)
    : IAsyncDisposable
{
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(45);

    private static readonly Lazy<string> Faketime = new(() =>
        Directory.GetDirectories("/usr/lib").Select(d => Path.Combine(d, "faketime", "libfaketimeMT.so.1")).FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("faketime is not installed: tests/run installs it"));

    private Process? _process;

    public string Name => name;

    /// <summary>Folder of the build that is started.</summary>
    public string Build { get; set; } = AppContext.BaseDirectory;

    /// <summary>How far its clock is ahead of the real one. Time that only goes on, by which it waits, is the real one.</summary>
    public TimeSpan Clock { get; init; }

    /// <summary>Of this process alone.</summary>
    public IReadOnlyList<(string Name, string Value)> Environment { get; init; } = [];

    public bool IsRunning => _process is { HasExited: false };

    /// <summary>Starts it, which returns at once.</summary>
    /// <param name="environment">Beyond what it inherits.</param>
    public void Start(IReadOnlyDictionary<string, string> environment)
    {
        _process?.Dispose();
        // A shell in between appends to the log and is replaced by the program, so that signals go to it.
        var start = TestNetwork.In(space, "sh", ["-c", "exec \"$@\" >>\"$LOG\" 2>&1", "sh", "env", .. ClockSettings(), "dotnet", Path.Combine(Build, program), .. arguments]);
        start.Environment["LOG"] = log;
        start.Environment["DOTNET_gcServer"] = "0";
        // Nothing of these namespaces can be reached from elsewhere.
        start.Environment["Access__OpenTo"] = "Everybody";
        start.Environment["Tls__Offloaded"] = "true";
        foreach (var (variable, value) in environment.Select(e => (e.Key, e.Value)).Concat(Environment))
            start.Environment[variable] = value;
        _process = Process.Start(start)!;
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        if (!IsRunning)
            return;
        await SignalAsync("KILL");
        await _process!.WaitForExitAsync();
    }

    /// <summary>Asks it to stop and waits until it has.</summary>
    /// <returns>How long that took.</returns>
    public async Task<TimeSpan> TerminateAsync()
    {
        var clock = Stopwatch.StartNew();
        if (!IsRunning)
            return clock.Elapsed;
        await SignalAsync("TERM");
        using var patience = new CancellationTokenSource(LongestStop);
        try
        {
            await _process!.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            await KillAsync();
            throw new TimeoutException($"{name} did not stop by itself: {Tail()}");
        }
        return clock.Elapsed;
    }

    public Task PauseAsync() => SignalAsync("STOP");

    public Task ContinueAsync() => SignalAsync("CONT");

    /// <summary>The end of its log.</summary>
    public string Tail(int lines = 40) =>
        File.Exists(log) ? string.Join('\n', File.ReadAllLines(log).TakeLast(lines).Select(l => l.Length > 400 ? l[..400] : l)) : "";

    public async ValueTask DisposeAsync()
    {
        if (IsRunning)
            await KillAsync();
        _process?.Dispose();
    }

    private string[] ClockSettings() => Clock == TimeSpan.Zero
        ? []
        :
        [
            $"LD_PRELOAD={Faketime.Value}", string.Create(CultureInfo.InvariantCulture, $"FAKETIME={Clock.TotalSeconds:+0;-0}s"),
            "DONT_FAKE_MONOTONIC=1",
        ];

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", ["-" + signal, _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }
}
