using ClusterPulse.Gateway.Reporting;
using Microsoft.Extensions.Options;
using Xunit;

namespace ClusterPulse.UnitTests.Gateway;

/// <summary>What senders are told to do while others wait.</summary>
public sealed class AdmissionTests
{
    [Fact]
    public async Task Senders_are_asked_to_pause_while_more_wait_than_are_stored_at_once_and_the_longer_the_more()
    {
        using var admission = new Admission(Options.Create(new AdmissionOptions { MostAtOnce = 2 }));
        Assert.Null(admission.Hint.Pause);
        var places = new Stack<Admission.Place>([await admission.EnterAsync(default), await admission.EnterAsync(default)]);

        var waiting = Enumerable.Range(0, 6).Select(_ => admission.EnterAsync(default).AsTask()).ToArray();

        Assert.Equal(6, admission.Waiting);
        Assert.Equal((2_000, 300), (admission.Hint.RowsPerMessage, admission.Hint.Pause!.ToTimeSpan().TotalMilliseconds));
        places.Pop().Dispose();
        places.Pop().Dispose();
        foreach (var place in waiting)
            (await place).Dispose();
        Assert.Null(admission.Hint.Pause);
    }
}
