using ClusterPulse.Cli.Language;

namespace ClusterPulse.Cli.Server;

/// <summary>Runs a command that is no call of the API, and says in plain words why it failed.</summary>
internal static class CommandGuard
{
    public static async Task<int> RunAsync(Func<Task<ExitCode>> run)
    {
        try
        {
            return (int)await run();
        }
        catch (CommandFailure e)
        {
            Console.Error.WriteLine(e.Message);
            return (int)e.Code;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine(Words.Of("已中止。", "Stopped."));
            return (int)ExitCode.Stopped;
        }
        catch (HttpRequestException e)
        {
            Console.Error.WriteLine(Words.Of($"无法连接：{e.Message}", $"No connection: {e.Message}"));
            return (int)ExitCode.ServerLost;
        }
    }
}
