namespace ClusterPulse.Cli;

/// <summary>What the shell is told.</summary>
internal enum ExitCode
{
    Done = 0,

    /// <summary>It was carried out, and what it looked at is not as it should be.</summary>
    Differences = 1,

    /// <summary>The arguments are wrong, or the server is away.</summary>
    NotCarriedOut = 2,

    /// <summary>It was carried out, but rows were rejected; all others are in.</summary>
    RowsRejected = 3,
}
