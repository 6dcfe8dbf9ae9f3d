using ClusterPulse.SystemTests.Support;
using Npgsql;
using Xunit;

namespace ClusterPulse.SystemTests.Postgres;

/// <summary>What other tests take for granted of the server they start.</summary>
public sealed class PostgresServerTests
{
    [Fact]
    public async Task What_was_committed_survives_a_crash_at_the_same_address()
    {
        await using var server = await PostgresServer.StartAsync();
        await server.CreateDatabaseAsync("kept");
        await server.ExecuteAsync("kept", "CREATE TABLE t AS SELECT 42 AS n");

        await server.RestartAsync(immediate: true);

        Assert.Equal(42, await server.ScalarAsync("kept", "SELECT n FROM t"));
    }

    [Theory]
    [InlineData("fsync")]
    [InlineData("synchronous_commit")]
    [InlineData("full_page_writes")]
    public async Task A_commit_is_as_durable_as_in_production(string setting)
    {
        await using var server = await PostgresServer.StartAsync();

        Assert.Equal("on", await server.ScalarAsync("postgres", $"SHOW {setting}"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_leaves_nothing_also_after_the_test_stopped_it(bool immediate)
    {
        var server = await PostgresServer.StartAsync();
        var data = (string)(await server.ScalarAsync("postgres", "SHOW data_directory"))!;
        await server.StopAsync(immediate);
        await Assert.ThrowsAsync<NpgsqlException>(() => server.ScalarAsync("postgres", "SELECT 1"));

        await server.DisposeAsync();

        Assert.False(Directory.Exists(data));
    }

    [Fact]
    public async Task A_server_that_cannot_start_says_why()
    {
        // TEST-NET-1: no machine has this address.
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => PostgresServer.StartAsync("192.0.2.1"));

        Assert.Contains("could not create any TCP/IP sockets", failure.Message, StringComparison.Ordinal);
    }
}
