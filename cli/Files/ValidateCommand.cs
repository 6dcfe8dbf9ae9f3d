using System.CommandLine;
using ClusterPulse.Cli.Files.Checking;
using ClusterPulse.Cli.Language;
using ClusterPulse.Cli.Output;
using ClusterPulse.Cli.Server;
using Google.Protobuf.WellKnownTypes;

namespace ClusterPulse.Cli.Files;

/// <summary>Checks files of reports without a server, by the rules of the gateway.</summary>
internal sealed class ValidateCommand : Command
{
    private readonly Argument<FileInfo[]> _files = new("file")
    {
        Description = Words.Of("CSV、.xlsx、SDMX-CSV，可用 gzip 压缩", "CSV, .xlsx or SDMX-CSV, compressed by gzip or not"), Arity = ArgumentArity.OneOrMore,
    };

    private readonly ReadingOptions _reading = new();

    private readonly Option<FileInfo> _rejects = new("--rejects")
    {
        Description = Words.Of("将被拒收的行及原因写入此文件；只用于单个文件", "Write rejected rows with the reasons to this file; for one file at a time"),
    };

    private readonly OutputOptions _output;

    public ValidateCommand() : base("validate", Words.Of(
        """
        离线检查报表文件，规则与服务器一致

        示例：clusterpulse validate 2026-10.xlsx --rejects 拒收.csv
        """,
        """
        Check files of reports without a server, by the server's rules

        Example: clusterpulse validate 2026-10.csv --rejects rejects.csv
        """))
    {
        Add(_files);
        _reading.AddTo(this);
        Add(_rejects);
        _output = new(this);
        SetAction((parsed, cancellation) => CommandGuard.RunAsync(() => RunAsync(parsed, cancellation)));
    }

    private async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var files = parsed.GetRequiredValue(_files);
        var rejects = parsed.GetValue(_rejects);
        RejectsFile.Check(rejects, files);
        var tallies = new List<ValidationTally>();
        foreach (var file in files)
            tallies.Add(await CheckAsync(file, rejects, parsed, cancellation));
        var result = new Struct { Fields = { ["files"] = Value.ForList([.. tallies.Select(t => Value.ForStruct(t.ToStruct()))]) } };
        _output.Of(parsed).Print(result, console => tallies.ForEach(t => t.Print(console)));
        return tallies.Exists(t => t.Rejected > 0) ? ExitCode.RowsRejected : ExitCode.Done;
    }

    private async Task<ValidationTally> CheckAsync(FileInfo path, FileInfo? rejects, ParseResult parsed, CancellationToken cancellation)
    {
        using var file = _reading.Open(path, parsed);
        UnmappedColumns.Show(file);
        var tally = new ValidationTally(file.Name) { Unmapped = file.Unmapped };
        using var rejected = rejects is null ? null : RejectsFile.Of(rejects, file);
        await ProgressView.ShowAsync(file.Name, show => Task.Run(
            () =>
            {
                var check = new ReportCheck(TimeProvider.System);
                tally.Sha256 = file.Sha256;
                foreach (var read in file.Reports())
                {
                    cancellation.ThrowIfCancellationRequested();
                    var report = check.Run(read, file.Plan, out var warnings);
                    tally.Add(report, warnings);
                    if (report.Report is null)
                        rejected?.Add(report);
                    const int Often = 0x1FFF;
                    if ((tally.Reports & Often) == 0)
                        show(file.Done);
                }
                show(1);
                return true;
            },
            cancellation));
        return tally;
    }
}
