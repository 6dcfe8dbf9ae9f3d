using ClusterPulse.V1;
using Grpc.Core;

namespace ClusterPulse.Examples;

/// <summary>Sends rows of one submission, through any break of the connection.</summary>
internal sealed class Sender(ReportingService.ReportingServiceClient client, string bureau, string id)
{
    private const int Batch = 100;

    /// <summary>Batches that may wait for their receipts.</summary>
    private const int Window = 4;

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly string _name = $"bureaus/{bureau}/submissions/{id}";
    private long _breakAfter;

    /// <summary>Sends everything that is not durable yet, and finalizes.</summary>
    /// <param name="reports">All rows of the submission, always in the same order.</param>
    /// <param name="breakAfter">Drops the connection once, after so many rows were acknowledged, to show what happens then.</param>
    public async Task<Submission> SendAsync(IReadOnlyList<Report> reports, long breakAfter)
    {
        _breakAfter = breakAfter;
        // The same id again gives the same submission: a second run goes on where the first one stopped.
        await client.CreateSubmissionAsync(new() { Parent = $"bureaus/{bureau}", SubmissionId = id });
        for (var pause = ShortestPause; ; pause = pause < LongestPause ? 2 * pause : LongestPause)
        {
            try
            {
                var next = (await client.GetSubmissionAsync(new() { Name = _name }, deadline: DateTime.UtcNow.AddSeconds(10))).NextOffset;
                if (next >= reports.Count)
                    return await client.FinalizeSubmissionAsync(new() { Name = _name });
                await Console.Error.WriteLineAsync($"going on at row {next} of {reports.Count}");
                await AppendAsync(reports, next);
                pause = ShortestPause;
            }
            catch (RpcException e) when (e.StatusCode is StatusCode.Unavailable or StatusCode.Cancelled or StatusCode.OutOfRange
                or StatusCode.ResourceExhausted or StatusCode.DeadlineExceeded or StatusCode.Internal)
            {
                await Console.Error.WriteLineAsync($"the stream broke: {e.Status.Detail}");
            }
            await Task.Delay(pause * (0.5 + (Random.Shared.NextDouble() / 2)));
        }
    }

    private async Task AppendAsync(IReadOnlyList<Report> reports, long from)
    {
        using var call = client.AppendReports();
        var (sent, acknowledged) = (from, from);
        while (acknowledged < reports.Count)
        {
            while (sent < reports.Count && sent - acknowledged < Window * Batch)
            {
                var batch = reports.Skip((int)sent).Take(Batch).ToList();
                await call.RequestStream.WriteAsync(new() { Submission = _name, Offset = sent, Reports = { batch } });
                sent += batch.Count;
            }
            if (!await call.ResponseStream.MoveNext(CancellationToken.None))
                throw new RpcException(new Status(StatusCode.Unavailable, "The server ended the stream."));
            var answer = call.ResponseStream.Current;
            if (answer.Error is { } error)
                throw new RpcException(new Status((StatusCode)error.Code, error.Message));
            // These rows are durable now. Rows that were rejected are told here: mend them, never send them unchanged.
            foreach (var row in answer.Receipt.Rows)
            {
                foreach (var violation in row.Violations)
                    await Console.Error.WriteLineAsync($"row {row.Row}: {violation.Field} {violation.Reason} {violation.Rule}");
            }
            acknowledged = answer.NextOffset;
            if (acknowledged >= _breakAfter)
            {
                _breakAfter = long.MaxValue;
                await Console.Error.WriteLineAsync($"breaking off after {acknowledged} rows");
                return;
            }
        }
        await call.RequestStream.CompleteAsync();
    }
}
