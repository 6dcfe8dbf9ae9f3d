using System.Data.Common;
using ClusterPulse.Facts;
using ClusterPulse.Silo.Postgres;
using Microsoft.Extensions.Logging;

namespace ClusterPulse.Silo.Hosting;

/// <summary>Exceptions of a store's driver stay in the silo: a gateway does not have their types, and could not read them.</summary>
internal sealed partial class PlainFaults(ILogger<PlainFaults> logger) : IIncomingGrainCallFilter
{
    public Task Invoke(IIncomingGrainCallContext context)
    {
        // Every call comes by here.
        var call = context.Invoke();
        return call.IsCompletedSuccessfully ? call : WatchAsync(call, context);
    }

    private async Task WatchAsync(Task call, IIncomingGrainCallContext context)
    {
        try
        {
            await call;
        }
        catch (StoreUnavailableException e) when (e.InnerException is not null)
        {
            LogUnavailable(context.Grain.GetType().Name, context.MethodName, e);
            throw new StoreUnavailableException(e.Message) { OutcomeUnknown = e.OutcomeUnknown };
        }
        catch (DbException e) when (PostgresDatabase.IsTransient(e))
        {
            // From Orleans' own grains, which read membership.
            LogUnavailable(context.Grain.GetType().Name, context.MethodName, e);
            throw new StoreUnavailableException($"the store does not answer now: {e.Message}");
        }
        catch (DbException e)
        {
            LogFailed(context.Grain.GetType().Name, context.MethodName, e);
            throw new InvalidOperationException($"the store refused a statement: {e.Message}");
        }
    }

    [LoggerMessage(LogLevel.Debug, "{Grain}.{Method}: the store is away")]
    private partial void LogUnavailable(string grain, string method, Exception exception);

    [LoggerMessage(LogLevel.Error, "{Grain}.{Method}: the store refused a statement")]
    private partial void LogFailed(string grain, string method, Exception exception);
}
