using System.CommandLine;
using ClusterPulse.Cli.Language;

namespace ClusterPulse.Cli.Administration;

/// <summary>Who answers for a decision; it is kept with it.</summary>
internal static class DecidedBy
{
    public static Option<string> Create() => new("--decided-by") { Description = Words.Of("决定人", "Who decided"), Required = true };
}
