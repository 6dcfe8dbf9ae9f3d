namespace ClusterPulse.Cli.Sending;

/// <summary>How long a send waits for what.</summary>
internal sealed record SendPatience
{
    /// <summary>Pause after the first break; each further one without progress doubles it, with jitter.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Longest pause between two attempts.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a batch may wait for its answer before the connection counts as broken.</summary>
    public TimeSpan Answer { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Deadline of a call that is no stream.</summary>
    public TimeSpan Call { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long without any progress until it gives up; null: never.</summary>
    public TimeSpan? GiveUpAfter { get; init; }
}
