using System.ComponentModel.DataAnnotations;

namespace ClusterPulse.Silo.Postgres;

/// <summary>Where the shared store is and how it is used. Deadlines nest: statement &lt; commit &lt; grain call &lt; gRPC call.</summary>
public sealed class PostgresOptions
{
    /// <summary>Npgsql connection string of the database, which must exist.</summary>
    [Required]
    public string ConnectionString { get; set; } = "";

    /// <summary>Connections of a silo that commit, 1 to 16.</summary>
    [Range(1, 16)]
    public int Writers { get; set; } = 2;

    /// <summary>Connections of a silo that read, 2 to 100.</summary>
    [Range(2, 100)]
    public int Readers { get; set; } = 12;

    /// <summary>Longest a statement of a commit may take, seconds, 1 to 30.</summary>
    [Range(1, 30)]
    public int StatementSeconds { get; set; } = 3;

    /// <summary>Longest a whole commit may take, seconds, 1 to 60.</summary>
    [Range(1, 60)]
    public int CommitSeconds { get; set; } = 5;
}
