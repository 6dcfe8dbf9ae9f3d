using ClusterPulse.Access;
using ClusterPulse.Gateway.Errors;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace ClusterPulse.Gateway.Rights;

/// <summary>Asks the table of methods before any method of the API runs: of a stream its first message, which names what all are for, and
/// again when rights have changed. A decision is signed; a message of rows waits until its sender's turn comes.</summary>
public sealed class ScopeInterceptor(ScopeJudge judge, PrincipalDirectory principals, RowRate rate) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        var message = (IMessage)request;
        var caller = context.GetHttpContext().Caller();
        await judge.DemandAsync(caller, Right(context), message);
        Decisions.Sign(message, caller);
        await rate.WaitAsync(caller, message, context.CancellationToken);
        return await continuation(request, context);
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        var rights = Rights(context, shows: true);
        await rights.StillAsync();
        await rights.DemandAsync((IMessage)request);
        await continuation(request, new JudgedWriter<TResponse>(responseStream, rights), context);
    }

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        continuation(Judged(requestStream, context), responseStream, context);

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation) =>
        continuation(Judged(requestStream, context), context);

    private JudgedReader<T> Judged<T>(IAsyncStreamReader<T> requests, ServerCallContext context) =>
        new(requests, Rights(context, shows: false), (message, cancellation) => rate.WaitAsync(context.GetHttpContext().Caller(), message, cancellation));

    private StreamRights Rights(ServerCallContext context, bool shows) => new(Right(context), judge, principals, context, shows);

    /// <summary>The entry was decided by the same table; without a row nobody gets here.</summary>
    private static MethodRight Right(ServerCallContext context) => MethodRights.Find(context.Method)
        ?? throw RichErrors.Denied($"{context.Method} has no row in the table of rights.", $"{context.Method} 未列入权限表。");

    private sealed class JudgedReader<T>(IAsyncStreamReader<T> inner, StreamRights rights, Func<IMessage, CancellationToken, ValueTask> wait) : IAsyncStreamReader<T>
    {
        private bool _judged;

        public T Current => inner.Current;

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            if (!await inner.MoveNext(cancellationToken))
                return false;
            await rights.StillAsync();
            var message = (IMessage)inner.Current!;
            if (!_judged)
                await rights.DemandAsync(message);
            _judged = true;
            // By the reader's own token: it ends when the process stops too, not just when the call does.
            await wait(message, cancellationToken);
            return true;
        }
    }

    private sealed class JudgedWriter<T>(IServerStreamWriter<T> inner, StreamRights rights) : IServerStreamWriter<T>
    {
        public WriteOptions? WriteOptions
        {
            get => inner.WriteOptions;
            set => inner.WriteOptions = value;
        }

        public Task WriteAsync(T message) => WriteAsync(message, CancellationToken.None);

        public async Task WriteAsync(T message, CancellationToken cancellationToken)
        {
            await rights.StillAsync();
            await inner.WriteAsync(message, cancellationToken);
        }
    }
}
