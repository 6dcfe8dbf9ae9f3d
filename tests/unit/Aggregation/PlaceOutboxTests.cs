using ClusterPulse.Aggregation;
using Xunit;

namespace ClusterPulse.UnitTests.Aggregation;

/// <summary>What one writer has to tell one place: a message says of which commits its sums are, and of no others.</summary>
public sealed class PlaceOutboxTests
{
    private static readonly CellKey Output = new(Measure.Output, "private|CNY", new(2004, 5));

    private readonly PlaceOutbox _outbox = new(1);

    /// <summary>The place reads the log too, and so can be ahead of what was ever queued. A message that said less than its sums hold would be
    /// added on top of what was read.</summary>
    [Fact]
    public void A_message_starts_before_its_first_commit_though_the_place_knows_more()
    {
        _outbox.Add(1, Sums(10));
        _outbox.Next();
        _outbox.Answered(3);
        Assert.Null(_outbox.Next());

        _outbox.Add(2, Sums(20));
        _outbox.Add(4, Sums(40));

        Assert.Equal((1L, 4L, 60L), Read(_outbox.Next()));
    }

    [Fact]
    public void Commits_that_concern_other_places_only_are_told_as_known()
    {
        _outbox.Add(3, Sums(30));
        Assert.Equal((0L, 3L, 30L), Read(_outbox.Next()));
        _outbox.Add(7, Sums(70));
        _outbox.Answered(3);

        Assert.Equal((3L, 7L, 70L), Read(_outbox.Next()));
    }

    [Fact]
    public void An_answer_that_falls_short_of_a_message_is_no_answer_to_it()
    {
        _outbox.Add(2, Sums(20));
        var message = _outbox.Next();

        _outbox.Answered(1);

        Assert.Same(message, _outbox.Next());
        _outbox.Answered(2);
        Assert.Null(_outbox.Next());
    }

    [Fact]
    public void What_a_place_tells_unasked_takes_what_waits_off()
    {
        _outbox.Answered(1);
        _outbox.Add(2, Sums(20));

        _outbox.Answered(2);

        Assert.Null(_outbox.Next());
    }

    private static CellSums Sums(long amount)
    {
        var sums = new CellSums();
        sums.Add(Output, amount);
        return sums;
    }

    private static (long After, long Upto, long Amount) Read(DeltaMessage? message)
    {
        var amount = 0L;
        foreach (var (_, sum) in message!.Sums)
            amount += sum;
        return (message.After, message.Upto, amount);
    }
}
