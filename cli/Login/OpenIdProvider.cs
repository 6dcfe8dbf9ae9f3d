using System.Net;
using ClusterPulse.Cli.Language;
using ClusterPulse.Cli.Server;
using Duende.IdentityModel;
using Duende.IdentityModel.Client;

namespace ClusterPulse.Cli.Login;

/// <summary>Gets tokens from an OpenID provider: by the device grant (RFC 8628), and later ones by the refresh token.</summary>
internal sealed class OpenIdProvider(HttpClient http, string issuer, string clientId, TimeProvider time)
{
    private const int LeastInterval = 1;
    private const int SlowDown = 5;

    /// <summary>Begins a login.</summary>
    /// <exception cref="CommandFailure">The provider does not answer, or does not let devices log in.</exception>
    public async Task<DeviceAuthorizationResponse> BeginAsync(string scope, CancellationToken cancellation)
    {
        var discovery = await DiscoverAsync(cancellation);
        if (discovery.DeviceAuthorizationEndpoint is not { } address)
        {
            throw new CommandFailure(
                Words.Of($"{issuer} 不支持设备登录（RFC 8628）。", $"{issuer} does not let devices log in (RFC 8628)."),
                Words.Of("请在身份提供方启用设备授权，或以 --token-file 提供令牌。", "Switch the device grant on at the provider, or give a token with --token-file."), ExitCode.Denied);
        }
        using var request = new DeviceAuthorizationRequest { Address = address, ClientId = clientId, Scope = scope, ClientCredentialStyle = ClientCredentialStyle.PostBody };
        var begun = await http.RequestDeviceAuthorizationAsync(request, cancellation);
        return begun.IsError ? throw Failed(begun) : begun;
    }

    /// <summary>Waits until somebody has said yes.</summary>
    /// <exception cref="CommandFailure">He said no, or nobody said anything in time.</exception>
    public async Task<StoredToken> WaitAsync(DeviceAuthorizationResponse begun, CancellationToken cancellation)
    {
        var address = (await DiscoverAsync(cancellation)).TokenEndpoint;
        var interval = Math.Max(begun.Interval, LeastInterval);
        while (true)
        {
            await Task.Delay(TimeSpan.FromSeconds(interval), time, cancellation);
            using var request = new DeviceTokenRequest
            {
                Address = address, ClientId = clientId, DeviceCode = begun.DeviceCode!, ClientCredentialStyle = ClientCredentialStyle.PostBody,
            };
            var answer = await http.RequestDeviceTokenAsync(request, cancellation);
            if (!answer.IsError)
                return Stored(answer, null);
            switch (answer.Error)
            {
                case OidcConstants.TokenErrors.AuthorizationPending:
                    break;
                case OidcConstants.TokenErrors.SlowDown:
                    interval += SlowDown;
                    break;
                default:
                    throw Failed(answer);
            }
        }
    }

    /// <summary>The next token; null where the provider does not give one any more.</summary>
    /// <exception cref="CommandFailure">The provider does not answer.</exception>
    public async Task<StoredToken?> RefreshAsync(string refreshToken, CancellationToken cancellation)
    {
        var discovery = await DiscoverAsync(cancellation);
        using var request = new RefreshTokenRequest
        {
            Address = discovery.TokenEndpoint, ClientId = clientId, RefreshToken = refreshToken, ClientCredentialStyle = ClientCredentialStyle.PostBody,
        };
        var answer = await http.RequestRefreshTokenAsync(request, cancellation);
        if (IsAway(answer))
            throw Failed(answer);
        return answer.IsError ? null : Stored(answer, refreshToken);
    }

    private StoredToken Stored(TokenResponse answer, string? before) =>
        new(answer.AccessToken!, answer.RefreshToken ?? before, time.GetUtcNow().AddSeconds(answer.ExpiresIn), issuer, clientId);

    private async Task<DiscoveryDocumentResponse> DiscoverAsync(CancellationToken cancellation)
    {
        using var request = new DiscoveryDocumentRequest { Address = issuer, Policy = { ValidateEndpoints = false } };
        var discovery = await http.GetDiscoveryDocumentAsync(request, cancellation);
        return discovery.IsError ? throw Failed(discovery) : discovery;
    }

    /// <summary>It did not answer, or cannot now; another answer that is no success is its word, which asking again does not change.</summary>
    private static bool IsAway(ProtocolResponse answer) => answer.ErrorType switch
    {
        ResponseErrorType.Exception => true,
        ResponseErrorType.Http => answer.HttpStatusCode is >= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests,
        _ => false,
    };

    private CommandFailure Failed(ProtocolResponse answer) => answer.Error switch
    {
        _ when IsAway(answer) => new(
            Words.Of($"身份提供方 {issuer} 无应答：{answer.Error}", $"The provider {issuer} does not answer: {answer.Error}"),
            Words.Of("请过几秒再次运行；若一直如此，请核对 --issuer。", "Wait a few seconds and run the command again; if it stays so, check --issuer."), ExitCode.ServerLost),
        OidcConstants.TokenErrors.AccessDenied => new(
            Words.Of("登录被拒绝。", "The login was refused."), Words.Of("请重新运行 clusterpulse login。", "Run clusterpulse login again."), ExitCode.Denied),
        OidcConstants.TokenErrors.ExpiredToken => new(
            Words.Of("未在规定时间内确认登录。", "Nobody confirmed the login in time."), Words.Of("请重新运行 clusterpulse login。", "Run clusterpulse login again."), ExitCode.Denied),
        _ => new(
            Words.Of($"身份提供方 {issuer} 返回：{answer.Error}", $"The provider {issuer} says: {answer.Error}"),
            Words.Of("请核对 --issuer 与 --client-id，或询问系统管理员。", "Check --issuer and --client-id, or ask the operator."), ExitCode.Denied),
    };
}
