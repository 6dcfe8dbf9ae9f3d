using System.CommandLine;
using ClusterPulse.Cli.Files;
using ClusterPulse.Cli.Language;
using ClusterPulse.Cli.Server;
using ClusterPulse.V1;

namespace ClusterPulse.Cli.Sending;

/// <summary>Sends files of reports.</summary>
internal sealed class SendCommand : ServerCommand
{
    private readonly Argument<FileInfo[]> _files = new("file")
    {
        Description = Words.Of("CSV、.xlsx 或 SDMX-CSV 文件，可经 gzip 压缩", "CSV, .xlsx or SDMX-CSV; gzip of any of them"),
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly BureauOption _bureau;
    private readonly SendOptions _options;

    public SendCommand() : base("send", Words.Of(
        """
        报送文件。已确认的行绝不丢失，也绝不重复；中断后再次运行同一命令即可续报

        示例：clusterpulse send 2026-09.csv --bureau 3205 --rejects 拒收.csv
        """,
        """
        Send files of reports. What is acknowledged is never lost and never counted twice; after any break the same command goes on

        Example: clusterpulse send 2026-09.csv --bureau 3205 --rejects rejects.csv
        """))
    {
        Add(_files);
        _bureau = new(this);
        _options = new(this);
    }

    protected override async Task<ExitCode> RunAsync(ServerSession session, ParseResult parsed, CancellationToken cancellation)
    {
        var files = parsed.GetRequiredValue(_files);
        var rejects = _options.Rejects(parsed);
        RejectsFile.Check(rejects, files);
        var bureau = _bureau.Name(parsed);
        var client = new ReportingService.ReportingServiceClient(session.Channel);
        var code = ExitCode.Done;
        foreach (var path in files)
        {
            using var file = _options.Open(path, parsed);
            using var send = new FileSend(client, file, _options.Patience(parsed), rejects, TimeProvider.System);
            var receipt = await send.RunAsync(bureau, _options.IsAgain(parsed), _options.Reason(parsed, path.Name), cancellation);
            session.Output.PrintLine(receipt.Submission, receipt.Show);
            if (receipt.HasRejections)
                code = ExitCode.RowsRejected;
        }
        return code;
    }
}
