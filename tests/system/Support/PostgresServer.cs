using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace ClusterPulse.SystemTests.Support;

/// <summary>A real PostgreSQL with a data folder of its own, durable as in production; it stops and goes with the test.</summary>
internal sealed partial class PostgresServer : IAsyncDisposable
{
    private const string User = "postgres";
    private static readonly bool IsRoot = Environment.UserName == "root";

    private readonly TempFolder _folder;
    private readonly string _data;
    private readonly string _listen;
    private readonly string? _space;

    private PostgresServer(TempFolder folder, string listen, string? space, int port)
    {
        (_folder, _listen, _space, Port) = (folder, listen, space, port);
        _data = Path.Combine(folder.Path, "data");
    }

    public int Port { get; }

    /// <summary>The server's first process, which the others come from.</summary>
    public int ProcessId => int.Parse(File.ReadLines(Path.Combine(_data, "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    /// <summary>Starts one.</summary>
    /// <param name="listen">Its address.</param>
    /// <param name="space">Network namespace; null: the machine's.</param>
    public static async Task<PostgresServer> StartAsync(string listen = "127.0.0.1", string? space = null)
    {
        var server = new PostgresServer(new(), listen, space, Ports.Free());
        try
        {
            if (IsRoot)
                await server.RunAsync("chown", User, server._folder.Path);
            await server.RunAsync(server.AsUser("initdb", "-D", server._data, "-U", User, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"));
            await File.AppendAllTextAsync(Path.Combine(server._data, "pg_hba.conf"), "host all all 10.0.0.0/8 trust\n");
            await server.StartAgainAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public string ConnectionString(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = _listen,
        Port = Port,
        Database = database,
        Username = User,
    }.ToString();

    /// <summary>Creates a database.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabaseAsync(string name)
    {
        await ExecuteAsync("postgres", $"CREATE DATABASE {name}");
        return ConnectionString(name);
    }

    public async Task ExecuteAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString(database) + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<object?> ScalarAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString(database) + ";Pooling=false;Command Timeout=120");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Stops it: at once, as in a crash, or after ending connections.</summary>
    public Task StopAsync(bool immediate) => RunAsync(AsUser("pg_ctl", "stop", "-D", _data, "-m", immediate ? "immediate" : "fast", "-w"));

    /// <summary>Starts it on the same data and port, and returns when it accepts connections.</summary>
    public Task StartAgainAsync() => RunAsync(AsUser(
        "pg_ctl", "start", "-D", _data, "-w", "-t", "60", "-l", Path.Combine(_folder.Path, "log"), "-o",
        string.Create(
            CultureInfo.InvariantCulture,
            $"-p {Port} -c listen_addresses={_listen} -c unix_socket_directories={_folder.Path} -c max_connections=200 -c shared_buffers=256MB")));

    public async Task RestartAsync(bool immediate)
    {
        await StopAsync(immediate);
        await StartAgainAsync();
    }

    /// <summary>Also after the test stopped it, or when it never started.</summary>
    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (Directory.Exists(_data) && await TryRunAsync(AsUser("pg_ctl", "status", "-D", _data)) == 0)
            await StopAsync(immediate: true);
        _folder.Dispose();
    }

    private string[] AsUser(string program, params string[] arguments) => AsPostgres(Path.Combine(Binaries(), program), arguments);

    private string[] AsPostgres(string program, params string[] arguments)
    {
        string[] command = [program, .. arguments];
        // The server refuses to run as root.
        if (IsRoot)
            command = ["runuser", "-u", User, "--", .. command];
        if (_space is not null)
            command = ["ip", "netns", "exec", _space, .. command];
        return command;
    }

    /// <summary>Debian has the major version in the path, which is not in the order of text: 9 is older than 15.</summary>
    private static string Binaries() =>
        (Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [])
            .Where(d => File.Exists($"{d}/bin/initdb"))
            .OrderByDescending(d => double.TryParse(Path.GetFileName(d), CultureInfo.InvariantCulture, out var version) ? version : 0)
            .Select(d => $"{d}/bin")
            .FirstOrDefault()
        ?? throw new InvalidOperationException("PostgreSQL is not installed: apt-get install postgresql, or run tests/run, which does it");

    private async Task RunAsync(params string[] command)
    {
        var code = await TryRunAsync(command);
        if (code != 0)
            throw new InvalidOperationException($"{string.Join(' ', command)} ended with {code}:\n{Said("commands")}{Said("log")}");
    }

    private async Task<int> TryRunAsync(params string[] command)
    {
        // The server inherits what pg_ctl has: its output must not be a pipe that somebody waits for.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >>\"$OUTPUT\" 2>&1 </dev/null", "sh", .. command]) { WorkingDirectory = "/" };
        start.Environment["OUTPUT"] = Path.Combine(_folder.Path, "commands");
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    /// <summary>The end of a file beside the data, for whoever has to find out why it failed.</summary>
    private string Said(string file)
    {
        var path = Path.Combine(_folder.Path, file);
        return File.Exists(path) ? string.Concat(File.ReadLines(path).TakeLast(20).Select(l => l + "\n")) : "";
    }
}
