namespace ClusterPulse.Cli.Server;

/// <summary>A command could not be carried out. People read it: what is wrong, then what to do about it.</summary>
internal sealed class CommandFailure(string problem, string advice, ExitCode code = ExitCode.NotCarriedOut) : Exception($"{problem}\n{advice}")
{
    /// <summary>What is wrong, without the advice.</summary>
    public string Problem => problem;

    /// <summary>What the shell is told.</summary>
    public ExitCode Code => code;

    /// <summary>The arguments do not go together.</summary>
    public static CommandFailure Usage(string problem, string advice) => new(problem, advice, ExitCode.BadUsage);
}
