using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace ClusterPulse.Gateway.Errors;

/// <summary>Says UNAVAILABLE with a retry delay wherever the store or a silo is away or this process stops: the same call again
/// can succeed. Everything else goes on to the framework, which logs it and tells the caller nothing of it.</summary>
public sealed partial class FaultInterceptor(IHostApplicationLifetime lifetime, ILogger<FaultInterceptor> logger) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        UnreadableRequests.MarkRead(context.GetHttpContext());
        try
        {
            return await continuation(request, context);
        }
        catch (Exception e) when (Translate(e, context) is { } fault)
        {
            throw fault;
        }
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        UnreadableRequests.MarkRead(context.GetHttpContext());
        try
        {
            await continuation(request, responseStream, context);
        }
        catch (Exception e) when (Translate(e, context) is { } fault)
        {
            throw fault;
        }
    }

    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        UnreadableRequests.MarkRead(context.GetHttpContext());
        try
        {
            await continuation(requestStream, responseStream, context);
        }
        catch (Exception e) when (Translate(e, context) is { } fault)
        {
            throw fault;
        }
    }

    private RpcException? Translate(Exception e, ServerCallContext context)
    {
        if (context.CancellationToken.IsCancellationRequested)
            return null;
        if (e is InvalidProtocolBufferException)
            return RichErrors.Unreadable().ToRpcException();
        if (e is OperationCanceledException && lifetime.ApplicationStopping.IsCancellationRequested)
            return RichErrors.Unavailable("The server is stopping", "服务正在停止").ToRpcException();
        if (!RichErrors.IsTransient(e))
            return null;
        LogUnavailable(context.Method, e);
        return RichErrors.Unavailable("The store does not answer", "存储暂无响应").ToRpcException();
    }

    [LoggerMessage(LogLevel.Warning, "{Method}: the store or a silo is away")]
    private partial void LogUnavailable(string method, Exception exception);
}
