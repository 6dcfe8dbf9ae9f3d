using ClusterPulse.Cli.Language;
using ClusterPulse.Cli.Sending;
using ClusterPulse.Cli.Server;
using ClusterPulse.V1;
using Grpc.Core;

namespace ClusterPulse.Cli.Registry;

/// <summary>
/// Sends the rows of a file as one submission, whose id is the file's checksum. A broken connection is opened again where the server
/// stands; the same file begun again is answered from its receipts up to there.
/// </summary>
internal sealed class EnterpriseImport(
    RegistryService.RegistryServiceClient registry, ReportingService.ReportingServiceClient reporting, ImportTally tally) : IDisposable
{
    private const int BatchRows = 1_000;
    private const int MostAttempts = 12;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private AsyncDuplexStreamingCall<ImportEnterprisesRequest, ImportEnterprisesResponse>? _call;
    private string _submission = "";

    /// <returns>The submission as it is at the end.</returns>
    public async Task<Submission> RunAsync(
        string bureau, string sha256, IEnumerable<RegistryRow> rows, long total, Action<double> progress, CancellationToken cancellation)
    {
        const int IdDigits = 16;
        var parent = BureauOption.Full(bureau);
        var submission = await reporting.CreateSubmissionAsync(
            new() { Parent = parent, SubmissionId = "registry-" + sha256[..IdDigits], Submission = new() { Sha256 = sha256 } }, cancellationToken: cancellation);
        _submission = submission.Name;
        if (submission.NextOffset > 0)
        {
            Console.Error.WriteLine(submission.State == Submission.Types.State.Open
                ? Words.Of($"该文件已导入 {submission.NextOffset} 行，继续导入。", $"{submission.NextOffset} rows of this file are in already; going on.")
                : Words.Of("该文件已导入过，以下为当时的结果。", "This file has been imported before; this is what came of it."));
        }

        var batch = new List<RegistryRow>(BatchRows);
        var request = new ImportEnterprisesRequest();
        var offset = 0L;
        foreach (var row in rows)
        {
            tally.Rows++;
            var problems = new List<RegistryProblem>();
            if (EnterpriseRows.Read(row, problems) is not { } change)
            {
                tally.Reject(row, problems);
                continue;
            }
            batch.Add(row);
            request.Changes.Add(change);
            if (batch.Count == BatchRows)
                await FlushAsync();
        }
        await FlushAsync();
        if (_call is not null)
            await _call.RequestStream.CompleteAsync();
        return submission.State == Submission.Types.State.Open
            ? await reporting.FinalizeSubmissionAsync(new() { Name = _submission }, cancellationToken: cancellation)
            : submission;

        async Task FlushAsync()
        {
            if (batch.Count == 0)
                return;
            request.Offset = offset;
            tally.Add(await SendAsync(request, cancellation), batch, offset);
            offset += batch.Count;
            progress(total == 0 ? 1 : Math.Min(1, (double)tally.Rows / total));
            batch.Clear();
            request = new();
        }
    }

    public void Dispose() => _call?.Dispose();

    private async Task<Receipt> SendAsync(ImportEnterprisesRequest request, CancellationToken cancellation)
    {
        request.Submission = _submission;
        var pause = FirstPause;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                _call ??= registry.ImportEnterprises(cancellationToken: cancellation);
                await _call.RequestStream.WriteAsync(request, cancellation);
                if (await _call.ResponseStream.MoveNext(cancellation) && _call.ResponseStream.Current.Receipt is { } receipt)
                    return receipt;
                // The stream's own end says why.
                await _call.ResponseStream.MoveNext(cancellation);
                throw ServerSession.NoResult();
            }
            catch (Exception e) when (Unavailable(e) && attempt < MostAttempts && !cancellation.IsCancellationRequested)
            {
                _call?.Dispose();
                _call = null;
                Console.Error.WriteLine(Words.Of($"连接中断，{pause.TotalSeconds:0.#} 秒后重试。", $"The connection broke; trying again in {pause.TotalSeconds:0.#} s."));
                await Task.Delay(pause, cancellation);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    /// <summary>The same again can succeed. A stream that is broken refuses to be written to before it says why.</summary>
    private bool Unavailable(Exception failure) => failure switch
    {
        RpcException { StatusCode: StatusCode.Unavailable or StatusCode.ResourceExhausted or StatusCode.Internal } => true,
        InvalidOperationException => _call is not null && _call.ResponseHeadersAsync.IsFaulted,
        _ => false,
    };
}
