using System.Threading.Channels;
using ClusterPulse.V1;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Status = Grpc.Core.Status;

namespace ClusterPulse.UnitTests.Cli.Sending;

/// <summary>A ReportingService that keeps the rules of offsets in memory and breaks when it is told to.</summary>
internal sealed class FakeReporting : CallInvoker
{
    private readonly Lock _gate = new();

    /// <summary>Revisions that are stored, in the order in which they came: enterprise and value.</summary>
    public List<string> Stored { get; } = [];

    /// <summary>Rows that are rejected, in their order.</summary>
    public SortedDictionary<long, RowResult> Rejected { get; } = [];

    /// <summary>Every batch that came in, as offset and rows.</summary>
    public List<(long Offset, int Rows)> Batches { get; } = [];

    /// <summary>Calls of each method.</summary>
    public List<string> Calls { get; } = [];

    public Submission Submission { get; set; } = new() { State = Submission.Types.State.Open };

    /// <summary>Batches that came in and were not answered, at most.</summary>
    public int MostOnTheirWay { get; private set; }

    /// <summary>What happens to a batch, by the number of batches that came before it: null, nothing special.</summary>
    public Func<int, AppendReportsRequest, Trouble?> OnBatch { get; set; } = (_, _) => null;

    /// <summary>What happens to a unary call, by its method.</summary>
    public Func<string, RpcException?> OnCall { get; set; } = _ => null;

    public FlowHint? Hint { get; set; }

    /// <summary>Waits before each answer.</summary>
    public Task Answering { get; set; } = Task.CompletedTask;

    /// <summary>A batch's trouble.</summary>
    /// <param name="Cause">How the stream ends; null: not at all, no answer ever comes.</param>
    /// <param name="IsStored">The batch is stored, only the answer is lost.</param>
    public sealed record Trouble(RpcException? Cause, bool IsStored = false);

    public static RpcException Away(TimeSpan? retry = null)
    {
        var status = new Google.Rpc.Status { Code = (int)Code.Unavailable, Message = "away" };
        if (retry is { } delay)
            status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(delay) }));
        return status.ToRpcException();
    }

    public static RpcException OutOfRange(long expected) => new Google.Rpc.Status
    {
        Code = (int)Code.OutOfRange,
        Message = "gap",
        Details = { Any.Pack(new ErrorInfo { Reason = "UNEXPECTED_OFFSET", Metadata = { ["expected_offset"] = $"{expected}" } }) },
    }.ToRpcException();

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        Calls.Add(method.Name);
        var failure = OnCall(method.Name);
        if (failure is not null)
            return Unary(Task.FromException<TResponse>(failure));
        object answer = request switch
        {
            CreateSubmissionRequest create => Create(create),
            FinalizeSubmissionRequest => Close(),
            ListRejectionsRequest list => Rejections(list),
            WithdrawReportRequest withdraw => Withdraw(withdraw),
            _ => throw new NotSupportedException(method.Name),
        };
        return Unary(Task.FromResult((TResponse)answer));
    }

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        Calls.Add(method.Name);
        var requests = Channel.CreateUnbounded<AppendReportsRequest>();
        var answers = Channel.CreateUnbounded<AppendReportsResponse>();
        var stop = CancellationTokenSource.CreateLinkedTokenSource(options.CancellationToken);
        var waiting = 0;
        _ = Task.Run(ServeAsync);
        return (AsyncDuplexStreamingCall<TRequest, TResponse>)(object)new AsyncDuplexStreamingCall<AppendReportsRequest, AppendReportsResponse>(
            new Writer(requests.Writer, () => MostOnTheirWay = Math.Max(MostOnTheirWay, Interlocked.Increment(ref waiting))), new Reader(answers.Reader),
            Task.FromResult(new Metadata()), () => Status.DefaultSuccess, () => [], stop.Cancel);

        async Task ServeAsync()
        {
            try
            {
                await foreach (var request in requests.Reader.ReadAllAsync(stop.Token))
                {
                    await Answering;
                    var trouble = OnBatch(Batches.Count, request);
                    Batches.Add((request.Offset, request.Reports.Count));
                    if (trouble is null or { IsStored: true })
                    {
                        var response = Take(request);
                        Interlocked.Decrement(ref waiting);
                        if (trouble is null)
                        {
                            await answers.Writer.WriteAsync(response);
                            continue;
                        }
                    }
                    if (trouble.Cause is null)
                        continue;
                    throw trouble.Cause;
                }
                answers.Writer.Complete();
            }
            catch (Exception e)
            {
                requests.Writer.TryComplete();
                answers.Writer.TryComplete(e is OperationCanceledException ? new RpcException(new(StatusCode.Cancelled, "cut")) : e);
            }
        }
    }

    private AppendReportsResponse Take(AppendReportsRequest request)
    {
        lock (_gate)
        {
            if (request.Offset > Submission.NextOffset)
                throw OutOfRange(Submission.NextOffset);
            var receipt = new Receipt { Offset = request.Offset, Accepted = request.Reports.Count, Replayed = request.Offset + request.Reports.Count <= Submission.NextOffset };
            for (var i = 0; i < request.Reports.Count; i++)
            {
                if (request.Reports[i].Note == "bad")
                    receipt.Rows.Add(Rejected[request.Offset + i] = new RowResult { Row = request.Offset + i, Outcome = RowOutcome.Rejected, Violations = { new FieldViolation { Field = "note", Value = "bad", Reason = "TOO_LONG" } } });
                if (request.Offset + i < Submission.NextOffset)
                    continue;
                Stored.Add(request.Reports[i].Enterprise);
                Submission.NextOffset++;
            }
            return new() { Receipt = receipt, NextOffset = Submission.NextOffset, FlowHint = Hint };
        }
    }

    private Submission Create(CreateSubmissionRequest request)
    {
        Submission.Name = $"{request.Parent}/submissions/{request.SubmissionId}";
        return Submission.Clone();
    }

    /// <summary>Pages of seven, whatever is asked for.</summary>
    private ListRejectionsResponse Rejections(ListRejectionsRequest request)
    {
        const int Page = 7;
        var from = request.PageToken.Length == 0 ? -1 : long.Parse(request.PageToken, System.Globalization.CultureInfo.InvariantCulture);
        var page = Rejected.Where(r => r.Key > from).Take(Page).Select(r => r.Value).ToList();
        return new()
        {
            Rejections = { page.Select(r => new Rejection { Submission = Submission.Name, Result = r }) },
            NextPageToken = page.Count == Page ? $"{page[^1].Row}" : "",
        };
    }

    private Submission Close()
    {
        Submission.State = Submission.Types.State.Finalized;
        return Submission.Clone();
    }

    private WithdrawReportResponse Withdraw(WithdrawReportRequest request)
    {
        Stored.Add("-" + request.Name);
        return new() { Revision = 1 };
    }

    private static AsyncUnaryCall<T> Unary<T>(Task<T> answer) =>
        new(answer, Task.FromResult(new Metadata()), () => Status.DefaultSuccess, () => [], () => { });

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options) => throw new NotSupportedException();

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) => throw new NotSupportedException();

    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) => throw new NotSupportedException();

    /// <summary>As the real one: a stream that has ended refuses to be written to.</summary>
    private sealed class Writer(ChannelWriter<AppendReportsRequest> into, Action came) : IClientStreamWriter<AppendReportsRequest>
    {
        public WriteOptions? WriteOptions { get; set; }

        public Task CompleteAsync()
        {
            into.TryComplete();
            return Task.CompletedTask;
        }

        public Task WriteAsync(AppendReportsRequest message) => WriteAsync(message, CancellationToken.None);

        public Task WriteAsync(AppendReportsRequest message, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            came();
            return into.TryWrite(message.Clone()) ? Task.CompletedTask : throw new InvalidOperationException("Can't write the message because the call is complete.");
        }
    }

    private sealed class Reader(ChannelReader<AppendReportsResponse> from) : IAsyncStreamReader<AppendReportsResponse>
    {
        public AppendReportsResponse Current { get; private set; } = null!;

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            if (!await from.WaitToReadAsync(cancellationToken))
                return false;
            Current = await from.ReadAsync(cancellationToken);
            return true;
        }
    }
}
