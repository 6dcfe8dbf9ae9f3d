using System.CommandLine;
using ClusterPulse.Cli.Language;
using ClusterPulse.Cli.Server;

namespace ClusterPulse.Cli.Login;

/// <summary>Gets a token for a server and keeps it.</summary>
internal sealed class LoginCommand : Command
{
    private readonly ServerOptions _server;
    private readonly CredentialOptions _credentials;

    private readonly Option<string?> _issuer = new("--issuer")
    {
        Description = Words.Of("身份提供方地址；缺省由服务器告知", "Address of the OpenID provider; by default the one that the server names"),
        HelpName = Words.Of("地址", "address"),
    };

    private readonly Option<string?> _client = new("--client-id")
    {
        Description = Words.Of("在身份提供方登记的客户端；缺省由服务器告知", "Client that this command is at the provider; by default the one that the server names"),
        HelpName = "id",
    };

    private readonly Option<string> _scope = new("--scope")
    {
        Description = Words.Of("申请的范围", "Scopes to ask for"), DefaultValueFactory = _ => "openid offline_access", HelpName = Words.Of("范围", "scopes"),
    };

    public LoginCommand() : base("login", Words.Of(
        """
        登录：在浏览器中确认，令牌只存于本人文件夹

        示例：clusterpulse login --server https://pulse.example.org:5001
        """,
        """
        Log in to a server: confirm in a browser, and the token is kept in your own folder

        Example: clusterpulse login --server https://pulse.example.org:5001
        """))
    {
        _server = new(this);
        _credentials = CredentialOptions.OfConnection(this);
        Add(_issuer);
        Add(_client);
        Add(_scope);
        SetAction((parsed, cancellation) => CommandGuard.RunAsync(() => RunAsync(parsed, cancellation)));
    }

    private async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var server = _server.Server(parsed);
        using var http = _credentials.Client(parsed);
        var (issuer, client) = (parsed.GetValue(_issuer), parsed.GetValue(_client));
        if (issuer is null || client is null)
        {
            var named = await LoginServer.FindAsync(http, server, cancellation);
            (issuer, client) = (issuer ?? named.Issuer, client ?? named.ClientId);
        }
        var provider = new OpenIdProvider(http, issuer, client, TimeProvider.System);
        var begun = await provider.BeginAsync(parsed.GetRequiredValue(_scope), cancellation);
        Console.Error.WriteLine(Words.Of(
            $"请在浏览器中打开 {begun.VerificationUriComplete ?? begun.VerificationUri} ，确认代码 {begun.UserCode}",
            $"Open {begun.VerificationUriComplete ?? begun.VerificationUri} in a browser and confirm the code {begun.UserCode}"));
        var token = await provider.WaitAsync(begun, cancellation);
        var store = TokenStore.OfUser();
        store.Save(server, token);
        Console.Error.WriteLine(Words.Of($"已登录 {server}；令牌存于 {store.FileOf(server)}", $"Logged in to {server}; the token is in {store.FileOf(server)}"));
        return ExitCode.Done;
    }
}
