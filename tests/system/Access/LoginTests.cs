using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using ClusterPulse.SystemTests.Support;
using Xunit;

namespace ClusterPulse.SystemTests.Access;

/// <summary>Logging in at the local issuer, as a person does: the command shows a code, a browser confirms it.</summary>
public sealed partial class LoginTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private GatewayProcess _gateway = null!;

    private string Server => $"http://127.0.0.1:{_gateway.GrpcPort}";

    private string Config => Path.Combine(_folder.Path, "config");

    public async ValueTask InitializeAsync() =>
        _gateway = await GatewayProcess.StartHealthyAsync(Path.Combine(_folder.Path, "data"), "--as-of", "2004-12-31", "--local-issuer");

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_login_lasts_until_the_logout_and_nobody_else_can_read_its_token()
    {
        var before = await RunAsync("checkpoint");
        Assert.True(before.ExitCode == 77, before.ToString());

        var login = await LoginAsync("operator");
        Assert.True(login.ExitCode == 0, login.ToString());
        var checkpoint = await RunAsync("checkpoint");
        Assert.True(checkpoint.ExitCode == 0, checkpoint.ToString());
        var file = Assert.Single(Directory.GetFiles(Path.Combine(Config, "clusterpulse", "tokens")));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        // Another role's token does not do what it may not.
        Assert.Equal(0, (await LoginAsync("viewer")).ExitCode);
        Assert.Equal(77, (await RunAsync("checkpoint")).ExitCode);

        Assert.Equal(0, (await RunAsync("logout")).ExitCode);
        Assert.Equal(77, (await RunAsync("checkpoint")).ExitCode);
        Assert.Empty(Directory.GetFiles(Path.Combine(Config, "clusterpulse", "tokens")));
    }

    [Fact]
    public async Task A_token_that_has_ended_is_renewed_and_one_from_elsewhere_can_be_given()
    {
        Assert.Equal(0, (await LoginAsync("operator")).ExitCode);
        var file = Assert.Single(Directory.GetFiles(Path.Combine(Config, "clusterpulse", "tokens")));
        var stored = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        var ended = Expires().Replace(stored, "\"Expires\":\"2004-12-31T00:00:00+00:00\"");
        Assert.NotEqual(stored, ended);
        await File.WriteAllTextAsync(file, ended, TestContext.Current.CancellationToken);

        Assert.Equal(0, (await RunAsync("checkpoint")).ExitCode);
        Assert.DoesNotContain("2004-12-31", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);

        var given = Path.Combine(_folder.Path, "token");
        await File.WriteAllTextAsync(given, Access().Match(stored).Groups[1].Value, TestContext.Current.CancellationToken);
        Assert.Equal(0, (await RunAsync("logout")).ExitCode);
        Assert.Equal(0, (await RunAsync("checkpoint", "--token-file", given)).ExitCode);
        Assert.Equal(0, (await RunWithAsync(new() { ["CLUSTERPULSE_TOKEN"] = await File.ReadAllTextAsync(given, TestContext.Current.CancellationToken) }, "checkpoint")).ExitCode);
        await File.WriteAllTextAsync(given, "nonsense", TestContext.Current.CancellationToken);
        Assert.Equal(77, (await RunAsync("checkpoint", "--token-file", given)).ExitCode);
    }

    [Fact]
    public async Task Who_says_no_is_not_logged_in_and_no_secret_stands_in_the_log()
    {
        var refused = await LoginAsync("");
        Assert.True(refused.ExitCode == 77, refused.ToString());
        Assert.Equal(0, (await LoginAsync("operator")).ExitCode);
        Assert.Equal(0, (await RunAsync("checkpoint")).ExitCode);
        var stored = await File.ReadAllTextAsync(Directory.GetFiles(Path.Combine(Config, "clusterpulse", "tokens"))[0], TestContext.Current.CancellationToken);
        Assert.DoesNotContain(Access().Match(stored).Groups[1].Value, _gateway.Output, StringComparison.Ordinal);
    }

    private async Task<CommandLine> LoginAsync(string principal)
    {
        using var command = Start([], ["login"]);
        string? line;
        var said = new StringBuilder();
        while ((line = await command.StandardError.ReadLineAsync(TestContext.Current.CancellationToken)) is not null)
        {
            said.AppendLine(line);
            if (Code().Match(line) is not { Success: true } code)
                continue;
            using var browser = new HttpClient();
            using var confirmed = await browser.PostAsync(
                new Uri($"http://127.0.0.1:{_gateway.HttpPort}/issuer/device"),
                new FormUrlEncodedContent(new Dictionary<string, string> { ["user_code"] = code.Value, ["principal"] = principal }), TestContext.Current.CancellationToken);
            Assert.True(confirmed.IsSuccessStatusCode);
        }
        await command.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new(command.ExitCode, await command.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), said.ToString());
    }

    private Task<CommandLine> RunAsync(params string[] arguments) => RunWithAsync([], arguments);

    private async Task<CommandLine> RunWithAsync(Dictionary<string, string> environment, params string[] arguments)
    {
        using var command = Start(environment, arguments);
        var (output, errors) = (command.StandardOutput.ReadToEndAsync(), command.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await command.WaitForExitAsync(patience.Token);
        return new(command.ExitCode, await output, await errors);
    }

    private Process Start(Dictionary<string, string> environment, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "clusterpulse.dll"), .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment["CLUSTERPULSE_SERVER"] = Server;
        start.Environment["XDG_CONFIG_HOME"] = Config;
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    [GeneratedRegex("[A-Z]{4}-[A-Z]{4}$")]
    private static partial Regex Code();

    [GeneratedRegex("\"Expires\":\"[^\"]*\"")]
    private static partial Regex Expires();

    [GeneratedRegex("\"AccessToken\":\"([^\"]*)\"")]
    private static partial Regex Access();
}
