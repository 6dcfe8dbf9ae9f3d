using System.CommandLine;
using ClusterPulse.Cli.Language;

namespace ClusterPulse.Cli.Administration;

/// <summary>Who answers for a decision; it is kept with it.</summary>
internal static class DecidedBy
{
    public static Option<string> Create() => new("--decided-by")
    {
        Description = Words.Of("决定人；已登录者可省略", "Who decided; not needed where you are logged in"),
        DefaultValueFactory = _ => "",
    };
}
