using System.CommandLine;
using ClusterPulse.Cli.Administration;
using ClusterPulse.Cli.Explain;
using ClusterPulse.Cli.Files;
using ClusterPulse.Cli.Health;
using ClusterPulse.Cli.Indicators;
using ClusterPulse.Cli.Language;
using ClusterPulse.Cli.Login;
using ClusterPulse.Cli.Policies;
using ClusterPulse.Cli.Registry;
using ClusterPulse.Cli.Sending;
using ClusterPulse.Cli.Shape;

namespace ClusterPulse.Cli;

/// <summary>All commands. A new one is one line here.</summary>
internal static class CommandTree
{
    public static RootCommand Create()
    {
        var root = new RootCommand(Words.Of(
            """
            产业集群实时监测命令行 ClusterPulse

            各命令以 --help 显示说明和示例；说明文档：docs/command.md。

            示例：clusterpulse health 3205
            clusterpulse explain regions/3205 local_linkage_ratio --from 2003-12 --to 2004-12
            clusterpulse registry import 企业.csv --bureau 3205 --rejects 拒收.csv
            clusterpulse audit --output json
            """,
            """
            ClusterPulse from the command line: industrial clusters in real time

            Each command tells with --help what it takes, with examples; all of it is in docs/command.md.

            Example: clusterpulse health 3205
            clusterpulse explain regions/3205 local_linkage_ratio --from 2003-12 --to 2004-12
            clusterpulse registry import enterprises.csv --bureau 3205 --rejects rejects.csv
            clusterpulse audit --output json
            """))
        {
            // Figures.
            new HealthCommand(),
            new WatchCommand(),
            new ExplainCommand(),
            new WhatIfCommand(),
            new LeadingCommand(),
            new Command("indicators", Words.Of("离线指标", "Indicators without a server")) { new ComputeCommand() },

            // Reports.
            new MapCommand(),
            new ValidateCommand(),
            new SendCommand(),
            new StatusCommand(),
            new ReceiptsCommand(),
            new WithdrawCommand(),
            ReportsCommand.Create(),

            // Who reports what.
            RegistryCommand.Create(),
            ObligationsCommand.Create(),
            CalendarCommand.Create(),

            // Centres and operators.
            PolicyCommand.Create(),
            RivalsCommand.Create(),
            new AuditCommand(),
            new RebuildCommand(),
            new CheckpointCommand(),

            // Who asks.
            new LoginCommand(),
            new LogoutCommand(),

            new CompletionCommand(),
        };
        ExampleHelp.Install(root);
        return root;
    }
}
