using System.Collections.Immutable;
using System.Globalization;
using ClusterPulse.Cli.Files;
using ClusterPulse.Cli.Files.Checking;
using ClusterPulse.Cli.Language;
using ClusterPulse.Cli.Server;
using ClusterPulse.V1;

namespace ClusterPulse.Cli.Sending;

/// <summary>One file on its way, with everything that is said about it.</summary>
internal sealed class FileSend : IDisposable
{
    private const int MostShown = 100;

    private readonly SendFile _file;
    private readonly SendDisplay _display;
    private readonly SendTally _tally;
    private readonly ReportSender _sender;
    private readonly RejectsFile? _rejects;
    private readonly Lock _gate = new();
    private FileProblem? _last;
    private int _shown;

    /// <param name="client">The service.</param>
    /// <param name="file">What is sent.</param>
    /// <param name="patience">How long it waits for what.</param>
    /// <param name="rejects">Where rejected rows go; null: nowhere.</param>
    /// <param name="time">The clock.</param>
    public FileSend(ReportingService.ReportingServiceClient client, SendFile file, SendPatience patience, FileInfo? rejects, TimeProvider time)
    {
        _file = file;
        _display = new(time);
        _tally = new(Trouble, _display.Line, Locate);
        _sender = new(client, patience, _tally, time);
        _rejects = rejects is null ? null : RejectsFile.Of(rejects, file.Opened);
    }

    /// <summary>Sends it, or what is left of it.</summary>
    /// <exception cref="CommandFailure">It is not to be sent.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task<SendReceipt> RunAsync(string bureau, bool again, string reason, CancellationToken cancellation)
    {
        try
        {
            var end = await _sender.OpenAsync(bureau, _file.Identity, again, cancellation);
            var submission = _sender.Submission!;
            // The first line says whether anything is to be done at all.
            switch (end)
            {
                case SendEnd.SentBefore:
                    var when = submission.FinalizeTime.ToDateTimeOffset().ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);
                    _display.Line(Words.Of(
                        $"{_file.Name}：已于 {when} 报送，回执 {submission.Name}：无须再报。", $"{_file.Name}: already sent on {when}, receipt {submission.Name}: nothing to do."));
                    // The rows that are to be mended are wanted all the same.
                    if (_rejects is not null)
                        await _sender.ReviewAsync(_file.ReportsAsync, cancellation);
                    return new(submission, _file.Name, _tally);
                case SendEnd.WithdrawnBefore:
                    throw new CommandFailure(
                        Words.Of($"{_file.Name} 曾作为 {submission.Name} 报送并已撤回。", $"{_file.Name} was sent as {submission.Name} and withdrawn."),
                        Words.Of("如须重新报送，请加 --again。", "To send it once more, add --again."));
                default:
                    _display.Line(submission.NextOffset > 0
                        ? Words.Of($"{_file.Name}：{submission.NextOffset} 行已入库（{submission.Name}），从下一行续报。", $"{_file.Name}: {submission.NextOffset} rows are in already ({submission.Name}); going on after them.")
                        : Words.Of($"{_file.Name}：作为 {submission.Name} 报送。", $"{_file.Name}: sending as {submission.Name}."));
                    break;
            }
            UnmappedColumns.Show(_file.Opened);
            await _display.FollowAsync(_file.Name, _tally, () => _file.Done, () => _sender.SendAsync(_file.ReportsAsync, reason, cancellation));
            return new(_sender.Submission!, _file.Name, _tally);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Whether it was Ctrl-C or --timeout the caller knows.
            _display.Line(Words.Of($"{_file.Name} 至少有 {_sender.Durable} 行已入库。", $"At least {_sender.Durable} rows of {_file.Name} are in."));
            _display.Line(Words.Of("再次运行同一命令即从该处续报。", "Run the same command again to go on from there."));
            throw;
        }
    }

    public void Dispose() => _rejects?.Dispose();

    private FileProblem Locate(FileReport row, FieldViolation violation) => FieldColumns.Problem(
        _file.Opened.Plan, row, violation.Field, violation.Value, violation.Reason,
        Words.Of(violation.Advice?.Zh ?? violation.Rule, $"{violation.Rule} {violation.Advice?.En}".TrimEnd()));

    private void Trouble(FileReport row, RowVerdict trouble, ImmutableArray<FileProblem> problems)
    {
        // Unreadable rows come from the side that writes, rejected ones from the side that reads answers.
        lock (_gate)
        {
            if (trouble == RowVerdict.Rejected)
                _rejects?.Add(row with { Problems = problems });
            foreach (var problem in problems)
            {
                // A row of a wide file makes several reports, and what is wrong with all of them is said once.
                if (problem == _last)
                    continue;
                _last = problem;
                if (_shown++ == MostShown)
                    _display.Line(Words.Of("其余问题不再逐条显示，请见 --rejects 文件。", "More of them are not shown; --rejects writes all rejected rows to a file."));
                if (_shown > MostShown)
                    continue;
                _display.Line(ValidationTally.Text(row.File, problem, trouble == RowVerdict.Warned));
            }
        }
    }
}
