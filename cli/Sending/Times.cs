using System.CommandLine;
using System.Globalization;
using ClusterPulse.Cli.Language;
using Google.Protobuf.WellKnownTypes;

namespace ClusterPulse.Cli.Sending;

/// <summary>Moments as people write and read them.</summary>
internal static class Times
{
    private const int DateLength = 10;

    /// <summary>In the time zone of this machine; empty where there is none.</summary>
    public static string Local(Timestamp? at) =>
        at is null ? "" : at.ToDateTimeOffset().ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>An option for a moment: a day means its end.</summary>
    public static Option<Timestamp?> AsOf() => new("--as-of")
    {
        Description = Words.Of("截至该日或该时刻所知，如 2026-10-31 或 2026-10-31T08:00+08:00", "As it was known then, such as 2026-10-31 or 2026-10-31T08:00+08:00"),
        HelpName = Words.Of("时刻", "moment"),
        CustomParser = result =>
        {
            var text = result.Tokens[^1].Value;
            if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var at))
                return Timestamp.FromDateTimeOffset(text.Length == DateLength ? at.AddDays(1).AddTicks(-1) : at);
            result.AddError(Words.Of($"--as-of 为“{text}”，但须如 2026-10-31 或 2026-10-31T08:00+08:00。", $"--as-of is '{text}', but it looks like 2026-10-31 or 2026-10-31T08:00+08:00."));
            return null;
        },
    };
}
