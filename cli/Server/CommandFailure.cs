namespace ClusterPulse.Cli.Server;

/// <summary>A command could not be carried out. People read it: what is wrong, then what to do about it.</summary>
internal sealed class CommandFailure(string problem, string advice) : Exception($"{problem}\n{advice}");
