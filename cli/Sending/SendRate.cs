namespace ClusterPulse.Cli.Sending;

/// <summary>How fast a send goes, by its last half minute.</summary>
internal sealed class SendRate
{
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(30);

    private readonly Queue<(TimeSpan At, long Rows, double Done)> _marks = new();
    private (TimeSpan At, long Rows, double Done) _last;

    /// <summary>Rows per second.</summary>
    public double RowsPerSecond => Elapsed > 0 ? (_last.Rows - _marks.Peek().Rows) / Elapsed : 0;

    /// <summary>How long it takes to the end if it goes on so; null where nobody can say.</summary>
    public TimeSpan? Left
    {
        get
        {
            var done = Elapsed > 0 ? (_last.Done - _marks.Peek().Done) / Elapsed : 0;
            return done > 0 ? TimeSpan.FromSeconds(Math.Min((1 - _last.Done) / done, TimeSpan.MaxValue.TotalSeconds / 2)) : null;
        }
    }

    private double Elapsed => _marks.Count > 0 ? (_last.At - _marks.Peek().At).TotalSeconds : 0;

    /// <summary>Takes note of where it stands.</summary>
    /// <param name="at">Time since it began.</param>
    /// <param name="rows">Rows that are durable.</param>
    /// <param name="done">How much of the file is read, 0 to 1.</param>
    public void Mark(TimeSpan at, long rows, double done)
    {
        _last = (at, rows, done);
        _marks.Enqueue(_last);
        while (_marks.Count > 2 && at - _marks.Peek().At > Span)
            _marks.Dequeue();
    }
}
