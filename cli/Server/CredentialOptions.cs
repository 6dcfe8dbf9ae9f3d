using System.CommandLine;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ClusterPulse.Cli.Language;
using ClusterPulse.Cli.Login;

namespace ClusterPulse.Cli.Server;

/// <summary>How a command says who calls: by a token that was given, by the one that a login has stored, or by a certificate.</summary>
internal sealed class CredentialOptions
{
    public const string Variable = "CLUSTERPULSE_TOKEN";

    private readonly Option<FileInfo?> _token = new("--token-file")
    {
        Description = Words.Of(
            $"令牌文件；也可由环境变量 {Variable} 给出令牌；缺省用 clusterpulse login 的令牌",
            $"File with the bearer token; the environment variable {Variable} may hold it too; by default that of clusterpulse login"),
        HelpName = Words.Of("文件", "file"),
    };

    private readonly Option<FileInfo?> _authority = new("--ca-file")
    {
        Description = Words.Of("签发服务器证书的机构（PEM），用于自建机构", "PEM file of the authority that the server's certificate comes from, where it is not a public one"),
        HelpName = Words.Of("文件", "file"),
    };

    private readonly Option<FileInfo?> _certificate = new("--client-cert")
    {
        Description = Words.Of("客户端证书（PEM）", "PEM file of the client certificate by which to say who calls"), HelpName = Words.Of("文件", "file"),
    };

    private readonly Option<FileInfo?> _key = new("--client-key")
    {
        Description = Words.Of("客户端证书的私钥（PEM）", "PEM file of its private key"), HelpName = Words.Of("文件", "file"),
    };

    public CredentialOptions(Command command)
    {
        command.Add(_token);
        AddTls(command);
    }

    private CredentialOptions()
    {
    }

    /// <summary>Those of the connection alone, for a command that gets tokens itself.</summary>
    public static CredentialOptions OfConnection(Command command)
    {
        var options = new CredentialOptions();
        options.AddTls(command);
        return options;
    }

    /// <summary>Whoever sends the requests of a command: it knows the server's authority and says who calls.</summary>
    /// <exception cref="CommandFailure">A file cannot be used, or a token would travel in the clear.</exception>
    public HttpMessageHandler Handler(ParseResult parsed, Uri server, SocketsHttpHandler connection)
    {
        ConfigureTls(parsed, connection);
        if (Tokens(parsed, server) is not { } tokens)
            return connection;
        if (server.Scheme != Uri.UriSchemeHttps && !server.IsLoopback)
        {
            throw new CommandFailure(
                Words.Of($"{server} 未加密，令牌会以明文传输。", $"{server} is not encrypted: whoever listens would read the token."),
                Words.Of("请使用 https 地址。", "Use an address with https."), ExitCode.Denied);
        }
        return new BearerHandler(tokens) { InnerHandler = connection };
    }

    /// <summary>Asks whoever gives tokens out: trusted as the server is, or as the machine trusts the public ones.</summary>
    /// <exception cref="CommandFailure">A file cannot be used.</exception>
    public HttpClient Client(ParseResult parsed)
    {
        var connection = new SocketsHttpHandler { ConnectTimeout = ServerCommand.Patience };
        ConfigureTls(parsed, connection);
        if (connection.SslOptions.CertificateChainPolicy is { } policy)
        {
            using var system = new X509Store(StoreName.Root, StoreLocation.LocalMachine, OpenFlags.ReadOnly);
            policy.CustomTrustStore.AddRange(system.Certificates);
        }
        return new(connection);
    }

    /// <summary>What gives the token of each request; null: there is none.</summary>
    private Func<CancellationToken, Task<string?>>? Tokens(ParseResult parsed, Uri server)
    {
        if (Given(parsed) is { } given)
            return _ => Task.FromResult<string?>(given);
        var logins = new LoginTokens(TokenStore.OfUser(), server, () => Client(parsed), TimeProvider.System);
        return logins.Exist ? logins.GetAsync : null;
    }

    /// <summary>Sets up what the connection itself needs.</summary>
    private void ConfigureTls(ParseResult parsed, SocketsHttpHandler connection)
    {
        if (parsed.GetValue(_authority) is { } authority)
        {
            var roots = new X509Certificate2Collection();
            Read(authority, "--ca-file", file => roots.ImportFromPemFile(file));
            connection.SslOptions.CertificateChainPolicy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            connection.SslOptions.CertificateChainPolicy.CustomTrustStore.AddRange(roots);
        }
        if (parsed.GetValue(_certificate) is { } certificate)
        {
            Read(certificate, "--client-cert", file =>
                connection.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(
                    X509Certificate2.CreateFromPemFile(file, parsed.GetValue(_key)?.FullName), null, offline: true));
        }
    }

    private void AddTls(Command command)
    {
        command.Add(_authority);
        command.Add(_certificate);
        command.Add(_key);
    }

    private string? Given(ParseResult parsed)
    {
        string? token = null;
        if (parsed.GetValue(_token) is { } file)
            Read(file, "--token-file", path => token = File.ReadAllText(path).Trim());
        else
            token = Environment.GetEnvironmentVariable(Variable)?.Trim();
        return string.IsNullOrEmpty(token) ? null : token;
    }

    private static void Read(FileInfo file, string option, Action<string> read)
    {
        try
        {
            read(file.FullName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw CommandFailure.Usage(
                Words.Of($"{option} 为 {file}，无法使用：{e.Message}", $"{option} is {file}, which cannot be used: {e.Message}"),
                Words.Of("请核对文件。", "Check the file."));
        }
    }
}
