using System.CommandLine.Invocation;
using ClusterPulse.Cli;
using ClusterPulse.Cli.Language;

Words.TellLibraries();
var parsed = CommandTree.Create().Parse(args);
if (parsed.Action is ParseErrorAction wrong)
{
    // The message alone says more than the message above a screen of help.
    wrong.ShowHelp = parsed.Tokens.Count == 0;
    await parsed.InvokeAsync();
    return (int)ExitCode.BadUsage;
}
try
{
    return await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false });
}
catch (Exception e)
{
    Console.Error.WriteLine(e);
    Console.Error.WriteLine(Words.Of("这是命令自身的故障，请连同以上内容一并报告。", "This is a fault of the command itself; please report it with what stands above."));
    return (int)ExitCode.Fault;
}
