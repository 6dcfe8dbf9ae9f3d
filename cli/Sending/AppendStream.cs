using ClusterPulse.V1;
using Grpc.Core;

namespace ClusterPulse.Cli.Sending;

/// <summary>
/// One AppendReports stream: sends what is unanswered, then what comes next, while answers come in. However it ends, window and
/// source know what is left to send.
/// </summary>
/// <param name="client">The service.</param>
/// <param name="submission">Name of the submission.</param>
/// <param name="window">What is on its way.</param>
/// <param name="patience">How long an answer may take.</param>
/// <param name="time">The clock.</param>
/// <param name="answered">Hears of each answer.</param>
internal sealed class AppendStream(
    ReportingService.ReportingServiceClient client, string submission, SendWindow window, SendPatience patience, TimeProvider time,
    Action<SendBatch, Receipt> answered)
{
    /// <summary>How long a server that refuses to be written to may take to say why.</summary>
    private static readonly TimeSpan LastWord = TimeSpan.FromSeconds(5);

    private TimeSpan _pause;

    /// <summary>Sends batches until the source has something else to do first, or nothing more; then all of them are answered.</summary>
    /// <exception cref="RpcException">It broke; see <see cref="SendRetry.IsTransient"/>.</exception>
    public async Task RunAsync(BatchSource source, CancellationToken cancellation)
    {
        using var patient = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        using var cut = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patient.Token);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cut.Token);
        using var call = client.AppendReports(cancellationToken: cut.Token);
        var reading = ReadAsync(call, source, patient, over, cut.Token);
        try
        {
            try
            {
                await WriteAsync(call, source, patient, over.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or RpcException or InvalidOperationException or IOException)
            {
                // A stream that is broken refuses to be written to before it says why.
                await reading.WaitAsync(LastWord, cut.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (!reading.IsCompleted)
                    throw new RpcException(new(StatusCode.Unavailable, e.Message, e));
            }
            await reading;
            if (window.Unanswered.Count > 0)
                throw new RpcException(new(StatusCode.Unavailable, "the server ended the stream"));
        }
        catch (Exception e) when (e is OperationCanceledException or RpcException && cut.IsCancellationRequested)
        {
            cancellation.ThrowIfCancellationRequested();
            throw new RpcException(new(StatusCode.DeadlineExceeded, $"no answer within {patience.Answer.TotalSeconds:0} s"));
        }
        finally
        {
            call.Dispose();
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task WriteAsync(
        AsyncDuplexStreamingCall<AppendReportsRequest, AppendReportsResponse> call, BatchSource source, CancellationTokenSource patient,
        CancellationToken cancellation)
    {
        foreach (var batch in window.Unanswered)
            await WriteAsync(batch);
        while (await source.PeekAsync(cancellation) is SendBatch batch)
        {
            await window.RoomAsync(cancellation);
            window.Add(batch);
            source.Take();
            await WriteAsync(batch);
        }
        await call.RequestStream.CompleteAsync();

        async Task WriteAsync(SendBatch batch)
        {
            if (_pause > TimeSpan.Zero)
                await Task.Delay(_pause, time, cancellation);
            patient.CancelAfter(patience.Answer);
            await call.RequestStream.WriteAsync(batch.ToRequest(submission), cancellation);
        }
    }

    private async Task ReadAsync(
        AsyncDuplexStreamingCall<AppendReportsRequest, AppendReportsResponse> call, BatchSource source, CancellationTokenSource patient,
        CancellationTokenSource over, CancellationToken cancellation)
    {
        try
        {
            while (await call.ResponseStream.MoveNext(cancellation))
            {
                var answer = call.ResponseStream.Current;
                if (answer.Error is { } error)
                    throw error.ToRpcException();
                if (answer.Receipt is not { } receipt)
                    continue;
                answered(window.Answer(receipt.Offset), receipt);
                if (answer.FlowHint is { } hint)
                {
                    if (hint.RowsPerMessage > 0)
                        source.Want(hint.RowsPerMessage);
                    _pause = hint.Pause?.ToTimeSpan() ?? TimeSpan.Zero;
                }
                // While nothing is on its way the source may take its time.
                patient.CancelAfter(window.Unanswered.Count > 0 ? patience.Answer : Timeout.InfiniteTimeSpan);
            }
        }
        finally
        {
            await over.CancelAsync();
        }
    }
}
