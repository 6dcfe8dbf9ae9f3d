using ClusterPulse.Cli.Language;
using ClusterPulse.Cli.Server;

namespace ClusterPulse.Cli.Login;

/// <summary>The token of a login, renewed shortly before it ends: a send of hours outlives the minutes of a token.</summary>
/// <param name="store">Where it is kept.</param>
/// <param name="server">Whose it is.</param>
/// <param name="client">Makes the connection to the provider, which may need the same authority as the server.</param>
/// <param name="time">The clock.</param>
internal sealed class LoginTokens(TokenStore store, Uri server, Func<HttpClient> client, TimeProvider time)
{
    /// <summary>So long before its end a token is renewed.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private StoredToken? _token = store.Find(server);
    private Task<string?>? _renewal;

    /// <summary>Somebody has logged in to this server.</summary>
    public bool Exist => _token is not null;

    /// <summary>A token that holds. Calls at the same time share one renewal.</summary>
    /// <exception cref="CommandFailure">It has ended and the provider gives no other.</exception>
    public Task<string?> GetAsync(CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (_token is not { } token || token.Expires - Ahead > time.GetUtcNow())
                return Task.FromResult(_token?.AccessToken);
            if (_renewal is null or { IsCompleted: true })
                _renewal = RenewAsync(token);
            return _renewal.WaitAsync(cancellation);
        }
    }

    private async Task<string?> RenewAsync(StoredToken token)
    {
        try
        {
            if (await NextAsync(token) is { } next)
            {
                lock (_lock)
                    _token = next;
                return next.AccessToken;
            }
        }
        catch (CommandFailure) when (token.Expires > time.GetUtcNow())
        {
            // The next request asks again: the provider may be back before the token ends.
        }
        if (token.Expires > time.GetUtcNow())
            return token.AccessToken;
        throw new CommandFailure(
            Words.Of("登录已过期。", "The login has ended."), Words.Of($"请运行 clusterpulse login --server {server}", $"Run clusterpulse login --server {server}"), ExitCode.Denied);
    }

    private async Task<StoredToken?> NextAsync(StoredToken token)
    {
        // Another command may have renewed it, by which the refresh token of this one is spent.
        if (store.Find(server) is { } kept && kept.Expires > token.Expires)
            return kept;
        if (token.RefreshToken is not { } refresh)
            return null;
        using var http = client();
        if (await new OpenIdProvider(http, token.Issuer, token.ClientId, time).RefreshAsync(refresh, CancellationToken.None) is not { } next)
            return null;
        try
        {
            store.Save(server, next);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // This command goes on with it; the next one asks to log in.
        }
        return next;
    }
}
