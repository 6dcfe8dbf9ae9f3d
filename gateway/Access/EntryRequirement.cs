using ClusterPulse.Reference;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace ClusterPulse.Access;

/// <summary>Asked of every request: the endpoint has a row in a table of rights, and the caller is one of those that it names.</summary>
public sealed class EntryRequirement : IAuthorizationRequirement;

/// <summary>Decides it, and notes who calls.</summary>
public sealed partial class EntryHandler(IEnumerable<IRightTable> tables, PrincipalDirectory principals, ReferenceData reference, ILogger<EntryHandler> logger)
    : AuthorizationHandler<EntryRequirement>
{
    private static readonly Caller Nobody = new() { Id = "nobody", Roles = Roles.None };

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, EntryRequirement requirement)
    {
        if (context.Resource is not HttpContext http)
            return Task.CompletedTask;
        var caller = principals.Find(context.User);
        http.Features.Set(caller ?? Nobody);
        if (caller is null && context.User.Identity?.IsAuthenticated == true)
            LogUnknown(Name(context), http.Request.Path);
        // No endpoint: nothing is there, which only those may know who are somebody.
        var right = http.GetEndpoint() is { } endpoint ? Find(endpoint) : new EntryRight(Roles.Any);
        if (right is null)
            LogNoRow(http.GetEndpoint()?.DisplayName ?? http.Request.Path);
        if (right is { } row && (row.Public || (caller is not null && IsMet(row, caller, http))))
            context.Succeed(requirement);
        else if (caller is not null)
            LogDenied(caller.Id, caller.Roles, http.Request.Path);
        return Task.CompletedTask;
    }

    private bool IsMet(EntryRight right, Caller caller, HttpContext http)
    {
        if ((caller.Roles & right.Roles) == 0 || (right.Everywhere && !caller.Everywhere))
            return false;
        return right.RegionOfRoute is not { } name
            || caller.Everywhere
            || (http.GetRouteValue(name) is string code && reference.Regions.TryGet(code, out var region) && caller.Covers(region));
    }

    private EntryRight? Find(Endpoint endpoint)
    {
        foreach (var table in tables)
        {
            if (table.Find(endpoint) is { } right)
                return right;
        }
        return null;
    }

    private static string Name(AuthorizationHandlerContext context) =>
        context.User.FindFirst("sub")?.Value ?? context.User.Identity?.Name ?? "?";

    [LoggerMessage(LogLevel.Warning, "'{Name}' is authenticated but no principal here: {Path} denied")]
    private partial void LogUnknown(string name, string path);

    [LoggerMessage(LogLevel.Warning, "Principal '{Caller}' ({Roles}) may not reach {Path}")]
    private partial void LogDenied(string caller, Roles roles, string path);

    [LoggerMessage(LogLevel.Error, "{Endpoint} has no row in a table of rights, so it is closed to everybody")]
    private partial void LogNoRow(string endpoint);
}
