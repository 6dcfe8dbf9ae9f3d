using System.Globalization;
using Npgsql;

namespace ClusterPulse.SystemTests.Support;

/// <summary>Going back to a moment.</summary>
internal sealed partial class PostgresServer
{
    private string Archive => Path.Combine(_folder.Path, "archive");

    private string Backup => Path.Combine(_folder.Path, "base");

    /// <summary>Keeps its log of writes for good from now on, as who wants to go back to any moment must.</summary>
    public async Task ArchiveAsync()
    {
        await RunAsync(AsPostgres("mkdir", "-p", Archive));
        await ExecuteAsync("postgres", $"ALTER SYSTEM SET archive_mode = on");
        await ExecuteAsync("postgres", $"ALTER SYSTEM SET archive_command = 'cp %p {Archive}/%f'");
        await RestartAsync(immediate: false);
    }

    /// <summary>A base backup while it serves.</summary>
    public Task BackUpAsync() => RunAsync(AsUser("pg_basebackup", "-h", _listen, "-p", Port.ToString(CultureInfo.InvariantCulture), "-U", User, "-D", Backup, "-c", "fast", "-X", "none"));

    /// <summary>Destroys its data, stopped or not, puts the base backup in their place, and goes on to a named moment of the archive.</summary>
    public async Task RestoreAsync(string moment)
    {
        NpgsqlConnection.ClearAllPools();
        if (await TryRunAsync(AsUser("pg_ctl", "status", "-D", _data)) == 0)
            await StopAsync(immediate: true);
        Directory.Delete(_data, recursive: true);
        await RunAsync(AsPostgres("cp", "-a", Backup, _data));
        await File.AppendAllTextAsync(
            Path.Combine(_data, "postgresql.auto.conf"),
            $"\nrestore_command = 'cp {Archive}/%f %p'\nrecovery_target_name = '{moment}'\nrecovery_target_action = 'promote'\n");
        await RunAsync(AsPostgres("touch", Path.Combine(_data, "recovery.signal")));
        await StartAgainAsync();
        await Eventually.TrueAsync(async () => await ScalarAsync("postgres", "SELECT pg_is_in_recovery()") is false, 60);
    }
}
