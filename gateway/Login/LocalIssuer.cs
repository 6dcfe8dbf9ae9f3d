using System.Net;
using System.Text.Json.Serialization;
using ClusterPulse.Access;

namespace ClusterPulse.Gateway.Login;

/// <summary>
/// An OpenID provider for tests and trials: whoever is at this machine says which listed principal he is, without a password. It
/// answers callers on this machine alone. For anything else there are real providers.
/// </summary>
internal sealed class LocalIssuer(string issuer, IssuerKey key, LocalTokens tokens, DeviceCodes codes, PrincipalDirectory principals)
{
    public const string Path = "/issuer";
    private const string DeviceGrant = "urn:ietf:params:oauth:grant-type:device_code";

    /// <summary>Maps its endpoints.</summary>
    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Path + "/.well-known/openid-configuration", Here(_ => Task.FromResult(Results.Json(Discovery.Of(issuer)))));
        app.MapGet(Path + "/jwks", Here(_ => Task.FromResult(Results.Json(key.Public))));
        app.MapPost(Path + "/device_authorization", Here(_ => Task.FromResult(Begin())));
        app.MapPost(Path + "/token", Here(async call => await TokenAsync(await call.Request.ReadFormAsync())));
        app.MapGet(Path + "/device", Here(call => Task.FromResult(Page(call.Request.Query["user_code"], null))));
        app.MapPost(Path + "/device", Here(async call => Decide(call, await call.Request.ReadFormAsync())));
    }

    private static RequestDelegate Here(Func<HttpContext, Task<IResult>> answer) => async call =>
    {
        var result = OpenHandler.IsLocal(call) ? await answer(call) : Results.StatusCode(StatusCodes.Status403Forbidden);
        call.Response.Headers.CacheControl = "no-store";
        await result.ExecuteAsync(call);
    };

    private IResult Begin() => codes.Begin() is var (device, user)
        ? Results.Json(new Begun(
            device, user, issuer + "/device", $"{issuer}/device?user_code={user}", (int)DeviceCodes.Life.TotalSeconds, (int)DeviceCodes.Interval.TotalSeconds))
        : Failed("slow_down", StatusCodes.Status429TooManyRequests);

    private async Task<IResult> TokenAsync(IFormCollection form)
    {
        switch (form["grant_type"].ToString())
        {
            case DeviceGrant:
                var (state, principal) = codes.Ask(form["device_code"].ToString());
                return state switch
                {
                    DeviceState.Approved => Granted(principal!),
                    DeviceState.Pending => Failed("authorization_pending"),
                    DeviceState.TooSoon => Failed("slow_down"),
                    DeviceState.Refused => Failed("access_denied"),
                    DeviceState.Expired => Failed("expired_token"),
                    _ => Failed("invalid_grant"),
                };
            case "refresh_token":
                return await tokens.ReadRefreshAsync(form["refresh_token"].ToString()) is { } holder && IsListed(holder)
                    ? Granted(holder)
                    : Failed("invalid_grant");
            default:
                return Failed("unsupported_grant_type");
        }
    }

    private IResult Decide(HttpContext call, IFormCollection form)
    {
        // A page of another site must not say yes in the name of whoever looks at it.
        if (call.Request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none"))
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        var code = form["user_code"].ToString();
        var principal = form["principal"].ToString();
        if (principal.Length > 0 && !IsListed(principal))
            return Page(code, "No such principal. · 无此主体。");
        return codes.Decide(code, principal.Length > 0 ? principal : null)
            ? Page("", principal.Length > 0 ? $"Logged in as {principal}: go back to the command. · 已登录，请返回命令行。" : "Refused. · 已拒绝。")
            : Page(code, "No login waits under this code. · 无此验证码。");
    }

    private bool IsListed(string principal) => principals.Listed.Any(p => p.Id == principal);

    private IResult Granted(string principal) =>
        Results.Json(new Grant(tokens.Access(principal), "Bearer", (int)LocalTokens.Life.TotalSeconds, tokens.Refresh(principal)));

    private static IResult Failed(string error, int status = StatusCodes.Status400BadRequest) => Results.Json(new Failure(error), statusCode: status);

    private IResult Page(string? code, string? said)
    {
        var choices = string.Concat(principals.Listed.Select(p =>
            $"<label><input type=\"radio\" name=\"principal\" value=\"{WebUtility.HtmlEncode(p.Id)}\"> {WebUtility.HtmlEncode(p.Id)} ({p.Roles})</label><br>"));
        return Results.Content(
            $"""
            <!doctype html><meta charset="utf-8"><title>ClusterPulse</title>
            <h1>ClusterPulse: local login for trials · 本机试用登录</h1>
            <p>{WebUtility.HtmlEncode(said ?? "")}</p>
            <form method="post"><label>Code · 验证码 <input name="user_code" value="{WebUtility.HtmlEncode(code ?? "")}"></label>
            <p>{choices}<label><input type="radio" name="principal" value=""> refuse · 拒绝</label></p>
            <button>OK</button></form>
            """, "text/html; charset=utf-8");
    }

    /// <summary>The discovery document.</summary>
    private sealed record Discovery(
        [property: JsonPropertyName("issuer")] string Issuer,
        [property: JsonPropertyName("jwks_uri")] string Jwks,
        [property: JsonPropertyName("device_authorization_endpoint")] string Device,
        [property: JsonPropertyName("token_endpoint")] string Token,
        [property: JsonPropertyName("authorization_endpoint")] string Authorization,
        [property: JsonPropertyName("grant_types_supported")] string[] Grants,
        [property: JsonPropertyName("response_types_supported")] string[] Responses,
        [property: JsonPropertyName("subject_types_supported")] string[] Subjects,
        [property: JsonPropertyName("id_token_signing_alg_values_supported")] string[] Algorithms)
    {
        public static Discovery Of(string issuer) => new(
            issuer, issuer + "/jwks", issuer + "/device_authorization", issuer + "/token", issuer + "/device",
            [DeviceGrant, "refresh_token"], ["none"], ["public"], ["ES256"]);
    }

    private sealed record Begun(
        [property: JsonPropertyName("device_code")] string DeviceCode, [property: JsonPropertyName("user_code")] string UserCode,
        [property: JsonPropertyName("verification_uri")] string Address, [property: JsonPropertyName("verification_uri_complete")] string Complete,
        [property: JsonPropertyName("expires_in")] int ExpiresIn, [property: JsonPropertyName("interval")] int Interval);

    private sealed record Grant(
        [property: JsonPropertyName("access_token")] string AccessToken, [property: JsonPropertyName("token_type")] string Type,
        [property: JsonPropertyName("expires_in")] int ExpiresIn, [property: JsonPropertyName("refresh_token")] string RefreshToken);

    private sealed record Failure([property: JsonPropertyName("error")] string Error);
}
