using System.Diagnostics;
using Xunit;

namespace ClusterPulse.SystemTests.Support;

/// <summary>Waits for what comes by itself.</summary>
internal static class Eventually
{
    public static async Task TrueAsync(Func<Task<bool>> condition, int seconds = 30)
    {
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(seconds), $"did not come true within {seconds} s");
            await Task.Delay(100);
        }
    }
}
