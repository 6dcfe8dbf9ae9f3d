using ClusterPulse.Access;
using ClusterPulse.Gateway.Errors;
using Google.Protobuf;
using Grpc.Core;

namespace ClusterPulse.Gateway.Rights;

/// <summary>The rights of one stream, which may be open for days: asked again before a message once the list of principals has changed.</summary>
/// <param name="right">Those of the method.</param>
/// <param name="judge">Asks them.</param>
/// <param name="principals">The list.</param>
/// <param name="context">The stream's call.</param>
/// <param name="shows">It shows figures: at the level of its caller when it was opened, so that it ends where that is lowered.</param>
internal sealed class StreamRights(MethodRight right, ScopeJudge judge, PrincipalDirectory principals, ServerCallContext context, bool shows)
{
    private IMessage? _first;
    // The list may have changed since the caller was let in.
    private int _asOf = -1;

    /// <summary>Asks of the message that names what all are for.</summary>
    /// <exception cref="RpcException">PERMISSION_DENIED or INVALID_ARGUMENT.</exception>
    public async ValueTask DemandAsync(IMessage first)
    {
        await judge.DemandAsync(context.GetHttpContext().Caller(), right, first);
        _first = first;
    }

    /// <summary>Asks whether what was allowed still is.</summary>
    /// <exception cref="RpcException">PERMISSION_DENIED: it no longer is.</exception>
    public ValueTask StillAsync() => principals.Version == _asOf ? default : AgainAsync();

    private async ValueTask AgainAsync()
    {
        _asOf = principals.Version;
        var http = context.GetHttpContext();
        var before = http.Caller();
        if (right.Right.Public || before.IsTrial)
            return;
        if (principals.Find(http.User) is not { } caller || (caller.Roles & right.Right.Roles) == 0 || (right.Right.Everywhere && !caller.Everywhere)
            || (shows && caller.Level < before.Level))
        {
            throw RichErrors.Denied("Your rights have been changed since this stream was opened.", "本数据流打开后，您的权限已变更。");
        }
        // Rows are held against these from now on.
        http.Features.Set(caller);
        if (_first is not null)
            await judge.DemandAsync(caller, right, _first);
    }
}
