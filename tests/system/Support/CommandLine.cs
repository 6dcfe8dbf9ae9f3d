using System.Diagnostics;
using System.Text;

namespace ClusterPulse.SystemTests.Support;

/// <summary>A run of the program <c>clusterpulse</c>, or of another one.</summary>
internal sealed record CommandLine(int ExitCode, string Output, string Errors)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static Task<CommandLine> RunAsync(params string[] arguments) => RunAsync(null, arguments);

    /// <param name="server">What the environment variable for the server is; null: it is not set.</param>
    /// <param name="arguments">As on the command line.</param>
    /// <param name="language">Of the locale.</param>
    public static async Task<CommandLine> RunAsync(string? server, string[] arguments, string language = "en")
    {
        using var process = Start(server, arguments, language);
        return await WhenEndedAsync(process);
    }

    /// <summary>A run of the gateway's or the silo's program.</summary>
    public static Task<CommandLine> OfAssemblyAsync(string assembly, params string[] arguments) =>
        OfAsync("dotnet", [Path.Combine(AppContext.BaseDirectory, assembly), .. arguments]);

    /// <summary>A run of any program.</summary>
    public static async Task<CommandLine> OfAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })
            ?? throw new InvalidOperationException($"{program} does not start");
        return await WhenEndedAsync(process);
    }

    private static async Task<CommandLine> WhenEndedAsync(Process process)
    {
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw new TimeoutException($"{process.StartInfo.FileName} {string.Join(' ', process.StartInfo.ArgumentList)} did not end:\n{await output}\n{await errors}");
        }
        return new(process.ExitCode, await output, await errors);
    }

    /// <summary>Starts it; whoever does reads its output and waits for it.</summary>
    /// <param name="server">What the environment variable for the server is; null: it is not set.</param>
    /// <param name="arguments">As on the command line.</param>
    /// <param name="language">Of the locale.</param>
    public static Process Start(string? server, string[] arguments, string language = "en")
    {
        // Whoever runs the tests in the background may have Ctrl-C ignored, which processes inherit.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", Path.Combine(AppContext.BaseDirectory, "clusterpulse.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment["CLUSTERPULSE_SERVER"] = server;
        start.Environment["CLUSTERPULSE_LANG"] = language;
        return Process.Start(start) ?? throw new InvalidOperationException("clusterpulse does not start");
    }
}
