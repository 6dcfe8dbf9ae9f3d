using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Tokens;
using Microsoft.Net.Http.Headers;

namespace ClusterPulse.Access;

/// <summary>Refuses in the caller's own protocol: a gRPC status, or the same as JSON. It says what to do, and nothing of what is inside.</summary>
public sealed class RefusalHandler : IAuthorizationMiddlewareResultHandler
{
    private static readonly JsonFormatter Json = new(JsonFormatter.Settings.Default
        .WithTypeRegistry(TypeRegistry.FromFiles(ErrorDetailsReflection.Descriptor)));

    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
        {
            await next(context);
            return;
        }
        // Whoever has said who he is, and is nobody here, need not say it again.
        var known = context.User.Identity?.IsAuthenticated == true;
        // The handler remembers what was wrong with what it was shown.
        var status = known ? Denied(context) : Unknown((await context.AuthenticateAsync()).Failure);
        if (context.Request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) == true)
        {
            StatusHeaders.Write(context.Response, status);
            return;
        }
        context.Response.StatusCode = known ? StatusCodes.Status403Forbidden : StatusCodes.Status401Unauthorized;
        if (!known)
            context.Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer realm=\"clusterpulse\"";
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.WriteAsync(Json.Format(status), context.RequestAborted);
    }

    private static Google.Rpc.Status Denied(HttpContext context)
    {
        var caller = context.Caller();
        return caller.Roles == Roles.None
            ? Create(Code.PermissionDenied, "You are known to the provider but are no principal here. Ask the operator to list you.",
                "身份有效，但未列入本系统的主体名单。请联系系统管理员。")
            : Create(Code.PermissionDenied,
                $"Principal '{caller.Id}' ({caller.Roles}) may not do this. docs/access.md tells which role may; ask the operator.",
                $"主体“{caller.Id}”（{caller.Roles}）无权进行此操作。各角色权限见 docs/access.md，请联系系统管理员。");
    }

    private static Google.Rpc.Status Unknown(Exception? failure) => failure switch
    {
        SecurityTokenExpiredException => Create(Code.Unauthenticated, "The token has expired. Log in again (clusterpulse login).", "令牌已过期，请重新登录（clusterpulse login）。"),
        SecurityTokenNotYetValidException => Create(Code.Unauthenticated, "The token is not valid yet. Compare the clocks.", "令牌尚未生效，请核对时钟。"),
        SecurityTokenInvalidAudienceException => Create(
            Code.Unauthenticated, "The token is for another audience. Ask the provider for one of this system.", "令牌的受众不是本系统，请重新申请。"),
        SecurityTokenInvalidIssuerException => Create(Code.Unauthenticated, "The token comes from another issuer.", "令牌并非由受信任的签发方签发。"),
        not null => Create(Code.Unauthenticated, "The token or the certificate is not valid here. Log in again.", "令牌或证书在此无效，请重新登录。"),
        null => Create(
            Code.Unauthenticated, "Say who you are: with a bearer token (clusterpulse login) or a client certificate.",
            "请表明身份：使用令牌（clusterpulse login）或客户端证书。"),
    };

    private static Google.Rpc.Status Create(Code code, string message, string messageZh) => new()
    {
        Code = (int)code,
        Message = message,
        Details = { Any.Pack(new LocalizedMessage { Locale = "zh-CN", Message = messageZh }) },
    };
}
