using System.ComponentModel.DataAnnotations;

namespace ClusterPulse.Silo.Sqlite;

/// <summary>Where the embedded store is and how long it may take.</summary>
public sealed class SqliteOptions
{
    /// <summary>Folder of the database; made if it is missing.</summary>
    [Required]
    public string Folder { get; set; } = "clusterpulse-data";

    /// <summary>How long a statement waits for a lock, seconds, 1 to 30.</summary>
    [Range(1, 30)]
    public int BusySeconds { get; set; } = 3;

    /// <summary>Page cache of the writing connection, MiB.</summary>
    [Range(8, 4096)]
    public int CacheMebibytes { get; set; } = 256;
}
