using System.CommandLine;
using System.CommandLine.Invocation;
using ClusterPulse.Cli;
using ClusterPulse.Cli.Administration;
using ClusterPulse.Cli.Explain;
using ClusterPulse.Cli.Files;
using ClusterPulse.Cli.Indicators;
using ClusterPulse.Cli.Registry;

var root = new RootCommand(
    """
    ClusterPulse from the command line · 产业集群实时监测命令行

    It ends with 0 when all is well, with 1 when an audit found differences, with 2 when a command could not be carried out (then it
    says why and what to do), and with 3 when rows of a file were rejected.
    """)
{
    new AuditCommand(),
    new RebuildCommand(),
    new CheckpointCommand(),
    RivalsCommand.Create(),
    RegistryCommand.Create(),
    new MapCommand(),
    new ValidateCommand(),
    CalendarCommand.Create(),
    ObligationsCommand.Create(),
    new ExplainCommand(),
    new WhatIfCommand(),
    new LeadingCommand(),
    new Command("indicators", "Indicators without a server · 指标") { new ComputeCommand() },
};
var parsed = root.Parse(args);
if (parsed.Action is ParseErrorAction wrong)
{
    // The message alone says more than the message above a screen of help.
    wrong.ShowHelp = parsed.Tokens.Count == 0;
    await parsed.InvokeAsync();
    return (int)ExitCode.NotCarriedOut;
}
return await parsed.InvokeAsync();
