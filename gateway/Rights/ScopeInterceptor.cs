using ClusterPulse.Access;
using ClusterPulse.Gateway.Errors;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace ClusterPulse.Gateway.Rights;

/// <summary>Asks the table of methods before any method of the API runs: of a stream its first message, which names what all are for. A message of rows waits until its sender's turn comes.</summary>
public sealed class ScopeInterceptor(ScopeJudge judge, RowRate rate) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        await DemandAsync(request, context);
        await WaitAsync(request, context, context.CancellationToken);
        return await continuation(request, context);
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        await DemandAsync(request, context);
        await continuation(request, responseStream, context);
    }

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        continuation(Judged(requestStream, context), responseStream, context);

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation) =>
        continuation(Judged(requestStream, context), context);

    private JudgedReader<T> Judged<T>(IAsyncStreamReader<T> requests, ServerCallContext context) =>
        new(requests, request => DemandAsync(request, context), (request, cancellation) => WaitAsync(request, context, cancellation));

    private ValueTask WaitAsync<TRequest>(TRequest request, ServerCallContext context, CancellationToken cancellation) => request is IMessage message
        ? rate.WaitAsync(context.GetHttpContext().Caller(), message, cancellation)
        : default;

    private async ValueTask DemandAsync<TRequest>(TRequest request, ServerCallContext context)
    {
        // The entry was decided by the same table; without a row nobody gets here.
        var right = MethodRights.Find(context.Method)
            ?? throw RichErrors.Denied($"{context.Method} has no row in the table of rights.", $"{context.Method} 未列入权限表。");
        if (right.Scopes.Count == 0)
            return;
        await judge.DemandAsync(context.GetHttpContext().Caller(), right, (IMessage)request!);
    }

    private sealed class JudgedReader<T>(IAsyncStreamReader<T> inner, Func<T, ValueTask> demand, Func<T, CancellationToken, ValueTask> wait) : IAsyncStreamReader<T>
    {
        private bool _judged;

        public T Current => inner.Current;

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            if (!await inner.MoveNext(cancellationToken))
                return false;
            if (!_judged)
                await demand(inner.Current);
            _judged = true;
            // By the reader's own token: it ends when the process stops too, not just when the call does.
            await wait(inner.Current, cancellationToken);
            return true;
        }
    }
}
