using ClusterPulse.Facts;

namespace ClusterPulse.Aggregation;

/// <summary>From which month on the cells of a place have changed since its reader looked: what is made of months before still holds.</summary>
/// <remarks>Not thread-safe: it belongs to the <see cref="Aggregator"/> that gave it.</remarks>
public sealed class ChangeMark
{
    /// <summary>Null: nothing has changed.</summary>
    public Month? From { get; private set; } = Month.Earliest;

    /// <summary>The reader has looked.</summary>
    public void Clear() => From = null;

    /// <summary>Cells of a month have changed.</summary>
    public void Lower(Month month)
    {
        if (From is not { } from || month < from)
            From = month;
    }
}
